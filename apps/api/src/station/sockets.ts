import type { Slot, VirtualFault, VirtualSlot } from '@boardwalk/contracts';
import type { Bench, BenchSlot } from '@boardwalk/station';
import {
  readFault,
  VirtualBenchError,
  type FaultSpec,
  type VirtualBench,
  type VirtualSlot as Socket,
} from '@boardwalk/virtual-bench';
import { invalid, refused } from '../problems/problems.ts';
import { boardToInsert } from './board-to-insert.ts';

/** Faults of the probe and its line, which need no board. The others are laid on the board itself. */
const PROBE_FAULT = /^(swd-(bit-errors|waits)|enter-fails|(silent|short|stale)-replies|stall|unplug-after)$/;

/** A run that goes on longer without a board is not waited for. */
const RUN_ENDS_MS = 15_000;

interface Place {
  readonly slot: BenchSlot;
  readonly socket: Socket;
}

/**
 * The sockets of a virtual bench: one change at a time in each. A slot that a request has changed is a person's, so
 * that the hand of the demo leaves it alone, until a request clears it or the station ends.
 */
export class Sockets {
  readonly #turns = new Map<string, Promise<unknown>>();
  readonly #persons = new Set<string>();
  readonly #listeners = new Set<(name: string) => void>();

  constructor(
    private readonly bench: Bench,
    private readonly virtual: VirtualBench | null,
  ) {}

  /** @throws ProblemException 409 on a USB bench */
  list(): Promise<VirtualSlot[]> {
    this.#requireVirtual();
    return Promise.all(
      this.bench.slots.map(async ({ name }) => {
        const { slot, socket } = this.#place(name);
        const board = await socket.board();
        return {
          ...{ name, port: slot.portPath, board: board?.spec ?? null, uid: board?.uid ?? null },
          person: this.isPersons(name),
        };
      }),
    );
  }

  /** @throws ProblemException 400 for the spec, 404 for the slot, 409 for a socket that has a board */
  insert(name: string, text: string): Promise<Slot> {
    const place = this.#place(name);
    const spec = boardToInsert(text);
    return this.#change(place, async ({ slot, socket }) => {
      if (await socket.board()) throw refused('wrong-state:has-board', { slot: name });
      this.#persons.add(name);
      await this.#runEnded(slot);
      await socket.insert(spec);
    });
  }

  /** An empty socket stays empty. @throws ProblemException 404, 409 */
  remove(name: string): Promise<Slot> {
    const place = this.#place(name);
    this.#persons.add(name);
    return this.#change(place, async ({ slot, socket }) => {
      await socket.remove();
      await this.#runEnded(slot);
    });
  }

  /** @throws ProblemException 400 for the fault, 404 for the slot, 409 where no board can have it */
  fault(name: string, asked: VirtualFault): Promise<Slot> {
    const place = this.#place(name);
    const fault = faultOf(asked);
    return this.#change(place, async ({ socket }) => {
      if (!PROBE_FAULT.test(fault.kind) && !(await socket.board()))
        throw refused('wrong-state:no-board', { slot: name, fault: fault.kind });
      this.#persons.add(name);
      await socket.fault(fault);
    });
  }

  /** Takes all faults off, plugs a probe in again that a fault unplugged, and gives the slot back to the hand. */
  async clear(name: string): Promise<Slot> {
    const shown = await this.#change(this.#place(name), async ({ socket }) => {
      await socket.clearFaults();
      if (!(await this.isPlugged(socket))) await this.plug(socket);
      this.#persons.delete(name);
    });
    for (const listener of this.#listeners) listener(name);
    return shown;
  }

  isPersons(name: string): boolean {
    return this.#persons.has(name);
  }

  /** Hears of slots that a person gave back. Returns the function that ends the listening. */
  onGivenBack(listener: (name: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async isPlugged({ portPath }: Socket): Promise<boolean> {
    const devices = (await this.virtual?.bus.devices()) ?? [];
    return devices.some((device) => device.portPath === portPath);
  }

  /** Plugs a probe in again; the bench notices. */
  async plug(socket: Socket): Promise<void> {
    await socket.plugProbe();
    // The first look may have begun before.
    await this.bench.look();
    await this.bench.look();
  }

  /** Runs after what others do with this socket. */
  inTurn<Value>(name: string, act: () => Promise<Value>): Promise<Value> {
    const turn = (this.#turns.get(name) ?? Promise.resolve()).then(act);
    this.#turns.set(
      name,
      turn.catch(() => undefined),
    );
    return turn;
  }

  /** Answers after the bench has looked at the slot, so that the answer shows what was done. */
  #change(place: Place, act: (place: Place) => Promise<void>): Promise<Slot> {
    const { slot } = place;
    return this.inTurn(slot.name, async () => {
      await act(place);
      await lookAnew(slot);
      return slot.snapshot();
    });
  }

  /** A slot shows no other board while a run is on; one whose board was taken out ends soon. */
  #runEnded(slot: BenchSlot): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(late);
        forget();
        resolve();
      };
      const late = setTimeout(end, RUN_ENDS_MS);
      const forget = this.bench.onChange(() => {
        if (slot.state !== 'running') end();
      });
      if (slot.state !== 'running') end();
    });
  }

  #place(name: string): Place {
    const virtual = this.#requireVirtual();
    const slot = this.bench.slot(name);
    const socket = virtual.slots.find(({ portPath }) => portPath === slot?.portPath);
    if (!slot || !socket) throw refused('not-found:slot', { name });
    return { slot, socket };
  }

  #requireVirtual(): VirtualBench {
    if (this.virtual) return this.virtual;
    throw refused('not-virtual', {});
  }
}

/** Looks at a slot once that began now: one that is on may have begun before what was done to the board. */
export async function lookAnew(slot: BenchSlot): Promise<void> {
  await slot.look();
  await slot.look();
}

function faultOf(asked: VirtualFault): FaultSpec {
  try {
    return readFault(asked);
  } catch (cause) {
    if (!(cause instanceof VirtualBenchError)) throw cause;
    const field = typeof asked === 'string' || !cause.field ? '' : `/${cause.field}`;
    throw invalid('invalid:virtual', { why: cause.message, remedy: cause.remedy ?? '' }, `/fault${field}`);
  }
}
