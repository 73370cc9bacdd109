import { setTimeout as sleep } from 'node:timers/promises';
import { setImmediate as turn } from 'node:timers/promises';
import { VirtualBenchError } from '../errors.ts';
import type { BoardSpec } from '../boards/board-spec.ts';
import { PS_PER_MS } from '../time/constants.ts';
import type { Ledger } from '../time/ledger.ts';
import type { UrbRequest, UrbResult } from '../usb/urb.ts';
import { BoardStore } from './board-store.ts';
import type { FaultSpec } from './fault-spec.ts';
import { SlotModel, type BoardInSocket, type BoardMemory, type Insertion } from './slot-model.ts';

/** What is in a socket at first. */
interface HostBoard {
  readonly index: number;
  readonly portPath: string;
  readonly spec: BoardSpec;
  /** The number that the unique id of a new chip follows from. */
  readonly number: bigint;
}

export interface HostOptions {
  readonly boards: readonly HostBoard[];
  readonly dataDirectory: string | null;
  readonly pace: 'fast' | 'real';
  readonly seed: number;
}

/** What the host side knows of a device without asking it. */
export interface DeviceDescription {
  readonly portPath: string;
  readonly speed: 'full' | 'high';
  readonly device: Uint8Array;
  readonly configuration: Uint8Array;
  readonly strings: readonly (string | null)[];
}

/** What can be asked of a slot, in its own thread. Every answer carries the slot's time. */
export interface SlotRequests {
  readonly describe: () => DeviceDescription;
  readonly submit: (urb: UrbRequest) => Promise<UrbResult>;
  readonly unlink: (id: number) => Promise<boolean>;
  /** A bulk or control transfer with a timeout in modelled time. */
  readonly transfer: (urb: UrbRequest, timeoutMs: number) => Promise<UrbResult>;
  readonly reset: () => Promise<void>;
  readonly wait: (ms: number) => Promise<void>;
  readonly ledger: () => Ledger;
  readonly flash: () => Uint8Array | null;
  readonly options: () => Uint8Array | null;
  readonly board: () => BoardInSocket | null;
  /** Answers the board that was in the socket before. */
  readonly insert: (spec: BoardSpec, chip: Insertion) => BoardMemory | null;
  readonly remove: () => BoardMemory | null;
  readonly plugProbe: () => DeviceDescription;
  readonly unplugProbe: () => void;
  readonly holdReset: (down: boolean) => void;
  readonly fault: (spec: FaultSpec) => void;
  readonly clearFaults: () => void;
  readonly save: () => void;
}
export type SlotRequest = keyof SlotRequests;

/** Runs slots in the thread it is made in. */
export class BenchHost {
  readonly #slots = new Map<number, SlotModel>();
  readonly #store: BoardStore | null;
  readonly #saved = new Map<number, number>();
  readonly #pace: 'fast' | 'real';
  readonly #keeper: NodeJS.Timeout | null;

  constructor(options: HostOptions) {
    this.#pace = options.pace;
    this.#store = options.dataDirectory === null ? null : new BoardStore(options.dataDirectory);
    for (const { index, portPath, spec, number } of options.boards) {
      const kept = this.#store?.load(index) ?? null;
      const slot = new SlotModel(portPath, spec, options.seed, index, kept, number);
      this.#slots.set(index, slot);
    }
    // What was programmed survives a killed process but for the last moments.
    this.#keeper = this.#store ? setInterval(() => this.#trySaveAll(), 250) : null;
    this.#keeper?.unref();
  }

  async call(
    index: number,
    request: SlotRequest,
    args: readonly unknown[],
  ): Promise<{ value: unknown; nowMs: number }> {
    const slot = this.#slots.get(index)!;
    const before = slot.ledger.nowPs;
    const requests = this.#requests(index, slot) as unknown as Record<
      string,
      (...values: unknown[]) => unknown
    >;
    const value = await requests[request]!(...args);
    if (this.#pace === 'real') await sleep((slot.ledger.nowPs - before) / PS_PER_MS);
    return { value, nowMs: slot.ledger.nowPs / PS_PER_MS };
  }

  close(): void {
    if (this.#keeper) clearInterval(this.#keeper);
    this.#saveAll();
  }

  #saveAll(): void {
    for (const [index, slot] of this.#slots) this.#save(index, slot);
  }

  /** Another board, or none: kept at once, so that a killed process leaves the boards in their sockets. */
  #changed(index: number): void {
    this.#saved.delete(index);
    this.#trySaveAll();
  }

  /** Where the disk takes nothing now, the next turn tries again; the end of the bench says so. */
  #trySaveAll(): void {
    try {
      this.#saveAll();
    } catch (cause) {
      if (!(cause instanceof VirtualBenchError)) throw cause;
    }
  }

  #save(index: number, slot: SlotModel): void {
    const changes = slot.chip?.flash.changes ?? -1;
    if (!this.#store || this.#saved.get(index) === changes) return;
    this.#store.save(index, slot.memory());
    this.#saved.set(index, changes);
  }

  #requests(index: number, slot: SlotModel): SlotRequests {
    return {
      describe: () => describe(slot),
      submit: (urb) => slot.usb.submit(urb),
      unlink: (id) => slot.usb.unlink(id),
      transfer: (urb, timeoutMs) => transfer(slot, urb, timeoutMs),
      reset: () => slot.usb.reset(),
      wait: async (ms) => slot.wait(Math.round(ms * PS_PER_MS)),
      ledger: () => slot.snapshot(),
      flash: () => slot.chip?.flash.cells.slice() ?? null,
      options: () => slot.chip?.options.cells.slice() ?? null,
      board: () => slot.board(),
      insert: (spec, chip) => {
        const before = slot.memory();
        slot.insert(spec, chip);
        this.#changed(index);
        return before;
      },
      remove: () => {
        const before = slot.memory();
        slot.remove();
        this.#changed(index);
        return before;
      },
      plugProbe: () => {
        slot.replug();
        return describe(slot);
      },
      unplugProbe: () => slot.usb.unplug(),
      holdReset: (down) => slot.holdReset(down),
      fault: (spec) => slot.fault(spec),
      clearFaults: () => slot.clearFaults(),
      save: () => this.#save(index, slot),
    };
  }
}

/** Waits in modelled time: an IN transfer that stays parked when nobody else has a word times out at once. */
async function transfer(slot: SlotModel, urb: UrbRequest, timeoutMs: number): Promise<UrbResult> {
  const { usb } = slot;
  const pending = usb.submit(urb);
  if (!usb.isParked(urb.id)) return pending;
  await turn();
  if (usb.isParked(urb.id)) {
    slot.wait(Math.round(timeoutMs * PS_PER_MS));
    await usb.unlink(urb.id);
  }
  return pending;
}

function describe(slot: SlotModel): DeviceDescription {
  const { usb } = slot;
  return {
    portPath: usb.portPath,
    speed: usb.speed,
    device: usb.deviceDescriptor,
    configuration: usb.configurationDescriptor,
    strings: usb.strings.map((text) => (text ? String.fromCharCode(...text) : null)),
  };
}
