import type {
  Assessment,
  Identity,
  RunProgress,
  Slot,
  SlotBoard,
  SlotLast,
  SlotOpening,
  SlotProbe,
  SlotReservation,
  SlotRun,
  SlotState,
  SlotWaiting,
  StationEventType,
  Transport,
} from '@boardwalk/contracts';
import { assess } from '@boardwalk/identity';
import { ProbeError } from '@boardwalk/debug';
import { usbIdOf, type FoundProbe } from '@boardwalk/probe';
import { Lending } from '../lending/lending.ts';
import type { Loan } from '../lending/loan.ts';
import type { Purpose } from '../lending/purposes.ts';
import { executeRun } from '../run/run-engine.ts';
import type { RunRequest, RunResult, RunSink } from '../request/run-request.ts';
import type { BoardUsb } from '../steps/board-usb.ts';
import { StationError } from '../errors.ts';
import { isDeepStrictEqual } from 'node:util';
import { ATTACH_RETRIES } from '../steps/connect.ts';
import { measureSupply } from '../link/supply.ts';
import { lookAt, voltageNote, type Presence } from './presence.ts';

/** The events that a slot tells of. */
export type SlotChangeType = Extract<StationEventType, 'slot.changed' | `probe.${string}`>;

/** Looks that fail in a row before a probe is set aside until someone recovers it. */
const FAILURES_TO_QUARANTINE = 3;

/** States of a slot that works: golden and known-bad boards open it. */
const OPENED: ReadonlySet<SlotState> = new Set(['empty', 'ready', 'done']);

type SeenBoard = NonNullable<Presence['board']>;

/**
 * One place on the fixture, bound to a USB port path.
 *
 * Modes: no-probe (nothing on the port) → empty (a probe, nobody answers) → ready (a board answers) → running (a run
 * or an identification holds the probe) → done (the result of the board in the slot, until it leaves or is run again).
 * low-voltage: too few volts for a board; disabled: a person took it out; quarantined: the probe failed three looks in a
 * row. Only ready and done start runs. not-open takes the place of empty, ready and done where the slot must be opened for the
 * shift first: {@link presence} says which of them it is.
 *
 * What the slot does not see now it does not show: the result of a board that left is `last`, not the state.
 */
export class BenchSlot {
  /** How the fixture is wired. */
  readonly transport: Transport = 'swd';
  /** Grows by one with each new board noticed; a run belongs to one insertion. */
  insertion = 0;
  #found: FoundProbe | null = null;
  #probe: SlotProbe | null = null;
  /** The board that was seen last; `sighted` says whether it is known to be there now. */
  #board: SlotBoard | null = null;
  #sighted = false;
  #run: SlotRun | null = null;
  #last: SlotLast | null = null;
  #waiting: SlotWaiting | null = null;
  #reserved: SlotReservation | null = null;
  #opening: SlotOpening | null = null;
  #ranInsertion: number | null = null;
  #enabled = true;
  #quarantined = false;
  #looking: Promise<void> | null = null;
  readonly #lending: Lending;
  #lowVoltage = false;
  #failures = 0;
  #note: string | null = null;

  constructor(
    readonly name: string,
    readonly portPath: string,
    private readonly boardUsb: BoardUsb,
    private readonly onChange: (type: SlotChangeType, slot: Slot) => void,
  ) {
    this.#lending = new Lending({
      ...{ name, transport: this.transport },
      probe: () => this.#usable(),
      shownChanged: () => this.#tell('slot.changed'),
    });
  }

  get state(): SlotState {
    const { presence } = this;
    return this.#opening && OPENED.has(presence) ? 'not-open' : presence;
  }

  /** The state of probe, board and run, whether the slot is open or not. */
  get presence(): SlotState {
    if (this.#lending.shows) return this.#lending.shows;
    if (!this.#enabled) return 'disabled';
    if (!this.#found) return 'no-probe';
    if (this.#quarantined) return 'quarantined';
    if (this.#lowVoltage) return 'low-voltage';
    if (!this.#shownBoard) return 'empty';
    return this.#run?.outcome ? 'done' : 'ready';
  }

  get uid(): string | null {
    return this.#shownBoard?.uid ?? null;
  }

  /** A run finished on the board in this slot since it was put in. */
  get ranThisInsertion(): boolean {
    return this.#ranInsertion === this.insertion;
  }

  get #shownBoard(): SlotBoard | null {
    return this.#sighted || this.#busy ? this.#board : null;
  }

  /** Somebody works with the board; a look does not count. */
  get #busy(): boolean {
    return this.#lending.shows !== null;
  }

  /**
   * Lends the link to the board in this slot, which is the only way to it, and shows the state of that purpose meanwhile.
   * The link is taken back however the work ends.
   * @throws StationError where another purpose has the link, or the slot is disabled or has no probe
   */
  borrow<Value>(purpose: Purpose, work: (loan: Loan) => Promise<Value>): Promise<Value> {
    return this.#lending.borrow(purpose, work);
  }

  snapshot(): Slot {
    const { state, presence } = this;
    const showsRun = this.#lending.purpose === 'run' || presence === 'done';
    return {
      name: this.name,
      port: this.portPath,
      state,
      enabled: this.#enabled,
      note: this.#note,
      probe: this.#probe,
      board: this.#shownBoard,
      run: showsRun ? this.#run : null,
      last: showsRun ? null : this.#last,
      waiting: this.#waiting,
      reserved: this.#reserved,
      transport: this.transport,
      opening: this.#opening,
    };
  }

  /** Says why no run starts on the board in this slot; a change of boards or a run clears it. */
  setWaiting(waiting: SlotWaiting | null): void {
    if (isDeepStrictEqual(waiting, this.#waiting)) return;
    this.#waiting = waiting;
    this.#tell('slot.changed');
  }

  /** Says for which serial this slot is kept; whoever set it clears it. */
  setReserved(reserved: SlotReservation | null): void {
    if (isDeepStrictEqual(reserved, this.#reserved)) return;
    this.#reserved = reserved;
    this.#tell('slot.changed');
  }

  /** Says that the slot is not open for the shift, until it is set to null. */
  setOpening(opening: SlotOpening | null): void {
    if (isDeepStrictEqual(opening, this.#opening)) return;
    this.#opening = opening;
    this.#tell('slot.changed');
  }

  /** The next board was scanned: the result of the one before is no longer shown. */
  clearLast(): void {
    if (!this.#last) return;
    this.#last = null;
    this.#tell('slot.changed');
  }

  /** What USB shows on this port now. */
  plugged(found: FoundProbe | null): void {
    const had = this.#found !== null;
    this.#found = found;
    if (found && !had) {
      this.#failures = 0;
      this.#quarantined = false;
      this.#note = null;
      this.#probe = describe(found);
      this.#tell('probe.connected');
    } else if (!found && had) {
      this.#probe = null;
      this.#gone();
      this.#note = 'The probe is gone. Plug it in again.';
      this.#tell('probe.lost');
    }
  }

  /** Looks whether a board is there; only on an idle slot. A run that starts meanwhile waits for the look's end. */
  look(): Promise<void> {
    if (!this.#found || this.#busy || !this.#enabled || this.#quarantined) return Promise.resolve();
    this.#looking ??= this.borrow('look', (loan) => this.#lookAt(loan)).finally(() => (this.#looking = null));
    return this.#looking;
  }

  async #lookAt(loan: Loan): Promise<void> {
    const { found } = loan;
    let changed: boolean;
    try {
      const presence = await lookAt(await loan.link(), this.#board !== null);
      await loan.giveBack();
      const { firmware, targetVoltage } = presence;
      this.#failures = 0;
      this.#probe = { ...describe(found), firmware, targetVoltage };
      const note = voltageNote(presence);
      changed = this.#see(presence) || this.#note !== note;
      this.#note = note;
    } catch (cause) {
      changed = this.#failed(cause);
    }
    if (changed) this.#tell('slot.changed');
  }

  #see({ board: seen, lowVoltage }: Presence): boolean {
    const had = this.#shownBoard;
    const was = this.#lowVoltage;
    this.#lowVoltage = lowVoltage;
    if (!seen) {
      this.#gone();
      return had !== null || was !== lowVoltage;
    }
    this.#sighted = true;
    const known = this.#board;
    if (known && mayBeTheSame(known, seen)) {
      this.#board = {
        ...known,
        uid: known.uid ?? seen.uid,
        flashSizeKib: known.flashSizeKib ?? seen.flashSizeKib,
      };
      return had === null || was !== lowVoltage;
    }
    this.#gone();
    this.#sighted = true;
    this.insertion += 1;
    this.#board = { serial: null, verdict: null, resembles: null, difference: null, ...seen };
    return true;
  }

  /** The board left, or nobody can tell any more. A run that is at work says so itself. */
  #gone(): void {
    this.#board = null;
    if (!this.#busy) this.#run = null;
    this.#waiting = null;
    this.#sighted = false;
  }

  #failed(cause: unknown): boolean {
    this.#failures += 1;
    this.#sighted = false;
    this.#note =
      cause instanceof ProbeError ? `${cause.message} ${cause.remedy}` : 'The probe could not be read.';
    if (this.#failures < FAILURES_TO_QUARANTINE) return true;
    this.#quarantined = true;
    this.#sighted = false;
    this.#tell('probe.quarantined');
    return false;
  }

  /** Runs a recipe on the board in this slot. @throws StationError when the slot cannot start one */
  run(request: RunRequest, sink: RunSink, signal?: AbortSignal): Promise<RunResult> {
    return this.borrow('run', async (loan) => {
      this.#run = firstOf(request);
      if (this.#board) this.#board = { ...this.#board, serial: request.serial };
      this.#last = this.#waiting = null;
      const { insertion } = this;
      const result = await executeRun(loan, this.boardUsb, request, this.#watched(sink), signal);
      await sink.ended(result);
      const { outcome, reason, detail, remedy } = result;
      const fraction = outcome === 'PASS' ? 1 : this.#run.fraction;
      this.#run = { ...this.#run, outcome, reason, detail, remedy, fraction };
      this.#last = lastOf(request, result);
      this.#ranInsertion = insertion;
      return result;
    });
  }

  #watched(sink: RunSink): RunSink {
    return {
      step: async (record) => {
        if (this.#run) {
          const fraction = record.index / this.#run.stepCount;
          this.#run = {
            ...this.#run,
            step: record.step,
            stepIndex: record.index,
            fraction,
            doneBytes: 0,
            totalBytes: 0,
          };
        }
        await sink.step(record);
      },
      progress: (progress: RunProgress) => {
        if (this.#run) this.#run = { ...this.#run, ...progress };
        sink.progress(progress);
      },
      identified: async (identity, assessment) => {
        this.#identified(identity, assessment);
        return sink.identified(identity, assessment);
      },
      dumped: (bytes, sha256) => sink.dumped(bytes, sha256),
      ended: (result) => sink.ended(result),
    };
  }

  #identified(identity: Identity, { verdict, resembles, difference = null }: Assessment): void {
    const { uid, deviceId, dpidr, flashSizeKib } = identity;
    this.#sighted = true;
    this.#board = {
      serial: this.#board?.serial ?? null,
      uid,
      deviceId,
      dpidr,
      flashSizeKib,
      verdict,
      resembles,
      difference,
    };
  }

  /** Reads the identity of the board in this slot; the chip is reset. */
  identify(): Promise<{ identity: Identity; assessment: Assessment }> {
    return this.borrow('identify', async (loan) => {
      const link = await loan.link();
      const measured = await link.targetVoltage();
      await link.connect({ mode: 'under-reset', retries: ATTACH_RETRIES });
      const { volts: targetVoltage } = await measureSupply(link, measured, true);
      const identity = await link.identify({ targetVoltage, readUnderReset: true });
      const assessment = assess(identity);
      this.#identified(identity, assessment);
      await link.resetAndRun();
      return { identity, assessment };
    });
  }

  /** @throws StationError where there is nothing to lend */
  #usable(): FoundProbe {
    if (!this.#enabled) throw new StationError('station.slot_disabled', { slot: this.name });
    if (this.#found) return this.#found;
    throw new StationError('station.no_probe', { slot: this.name });
  }

  /** What is in the slot is shown once it has been looked at. */
  enable(): void {
    this.#enabled = true;
    this.#tell('slot.changed');
    void this.look();
  }

  disable(): void {
    this.#enabled = this.#sighted = false;
    this.#tell('slot.changed');
  }

  /** Brings a probe back that was set aside: it is opened anew, reset where needed, and must answer. */
  async recover(): Promise<void> {
    const was = this.#quarantined;
    this.#quarantined = false;
    this.#failures = FAILURES_TO_QUARANTINE - 1;
    await this.look();
    if (!this.#quarantined && was) this.#tell('probe.recovered');
  }

  #tell(type: SlotChangeType): void {
    this.onChange(type, this.snapshot());
  }
}

/** Protected chips, and some that run, show no unique id: then only a gap tells one board from the next. */
function mayBeTheSame(known: SlotBoard, seen: SeenBoard): boolean {
  return known.deviceId === seen.deviceId && (known.uid === seen.uid || !known.uid || !seen.uid);
}

/** A run that has not begun its first step. */
function firstOf({ recipe, runId, jobId }: RunRequest): SlotRun {
  return {
    ...{ runId, jobId, recipe: { name: recipe.name, revision: recipe.revision } },
    ...{ outcome: null, reason: null, detail: null, remedy: null },
    ...{ step: recipe.steps[0]?.step ?? 'connect', stepIndex: 0, stepCount: recipe.steps.length },
    ...{ doneBytes: 0, totalBytes: 0, fraction: 0 },
  };
}

function lastOf({ runId, serial }: RunRequest, result: RunResult): SlotLast {
  const { outcome, reason, finishedAt: at, identity } = result;
  return { outcome, reason, serial, runId, at, uid: identity?.uid ?? null };
}

function describe(found: FoundProbe): SlotProbe {
  return {
    model: found.model,
    usbId: usbIdOf(found),
    firmware: null,
    serial: found.serial,
    serialRaw: found.serialRaw,
    targetVoltage: null,
  };
}
