import type { Slot, SlotState } from '@boardwalk/contracts';
import type { Bench } from '@boardwalk/station';
import { parseBoardSpec, type VirtualBench } from '@boardwalk/virtual-bench';
import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Demo } from './demo.ts';
import { DemoBoards } from './demo-mix.ts';
import { lookAnew, type Sockets } from './sockets.ts';

/**
 * How long a slot is left in a state before the hand acts, ms. `done`: a person reads the result. `ready`: nothing takes
 * the board up although the demo's job waits, so it makes room for the next one.
 */
const ACTS_AFTER_MS: Readonly<Partial<Record<SlotState, number>>> = {
  done: 1500,
  ready: 60_000,
  empty: 2500,
  'no-probe': 2500,
};
/** A socket stays empty for so long while the hand changes boards. */
const PUT_IN_AFTER_MS = 500;

export interface HandParts {
  readonly bench: Bench;
  readonly virtual: VirtualBench;
  readonly sockets: Sockets;
  readonly demo: Pick<Demo, 'isOwn' | 'isAlone' | 'waits'>;
  /** The specs that the slots were opened with. */
  readonly boards: readonly string[];
  readonly log: Logger;
}

/**
 * The hand at a virtual bench: takes out a board that is done and puts the next one in, so that jobs for more boards
 * than sockets go on; plugs in a probe that is gone. It leaves alone a slot that a person's request has changed, until
 * that person clears it, and slots that were opened empty.
 */
export class Hand {
  readonly #boards: DemoBoards;
  readonly #ours: readonly boolean[];
  readonly #plans = new Map<string, { readonly state: SlotState; readonly timer: NodeJS.Timeout }>();
  readonly #work = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  readonly #stopListening: readonly (() => void)[];

  constructor(private readonly parts: HandParts) {
    const { bench, sockets, boards } = parts;
    // Each slot may wait at once.
    setMaxListeners(0, this.#stop.signal);
    this.#boards = new DemoBoards(boards);
    this.#ours = boards.map((spec) => !parseBoardSpec(spec).empty);
    this.#stopListening = [
      bench.onChange(({ slot }) => this.#saw(slot)),
      sockets.onGivenBack((name) => this.#look(name)),
    ];
    for (const { name } of bench.slots) this.#look(name);
  }

  #look(name: string): void {
    const slot = this.parts.bench.slot(name);
    if (slot) this.#saw(slot.snapshot());
  }

  #saw({ name, state, run }: Slot): void {
    if (state === 'running' && run && this.parts.demo.isOwn(run.jobId)) this.#layFault(name);
    if (this.#plans.get(name)?.state === state) return;
    this.#forget(name);
    const afterMs = ACTS_AFTER_MS[state];
    if (afterMs === undefined || !this.#mayAct(name)) return;
    const timer = setTimeout(() => {
      this.#plans.delete(name);
      this.#do(name, () => this.#act(name, state));
    }, afterMs);
    this.#plans.set(name, { state, timer });
  }

  #forget(name: string): void {
    clearTimeout(this.#plans.get(name)?.timer);
    this.#plans.delete(name);
  }

  #do(name: string, act: () => Promise<void>): void {
    const work = act()
      .catch((cause: unknown) =>
        this.parts.log.warn({ err: cause, slot: name }, 'the hand of the demo could not act'),
      )
      .finally(() => {
        this.#work.delete(work);
        // What could not be done, or not yet, is looked at again.
        this.#look(name);
      });
    this.#work.add(work);
  }

  #act(name: string, state: SlotState): Promise<void> {
    return this.parts.sockets.inTurn(name, async () => {
      const slot = this.parts.bench.slot(name);
      if (slot?.state !== state || !this.#mayAct(name)) return;
      if (state === 'no-probe') return this.parts.sockets.plug(this.#socket(name));
      if (state === 'ready' && !(await this.parts.demo.waits())) return;
      await this.#change(name);
    });
  }

  async #change(name: string): Promise<void> {
    const { bench, demo } = this.parts;
    const slot = bench.slot(name)!;
    const socket = this.#socket(name);
    const board = await socket.board();
    const out = board && { uid: board.uid, outcome: slot.snapshot().run?.outcome ?? null };
    const next = this.#boards.next(this.#indexOf(name), out, !(await demo.isAlone()));
    await socket.remove();
    await lookAnew(slot);
    await this.#pause(PUT_IN_AFTER_MS);
    if (!this.#mayAct(name)) return;
    await socket.insert(next.spec);
    await lookAnew(slot);
  }

  #layFault(name: string): void {
    const fault = this.#boards.takeFault(this.#indexOf(name));
    if (fault) this.#do(name, () => this.#socket(name).fault(fault));
  }

  #mayAct(name: string): boolean {
    const index = this.#indexOf(name);
    return !this.#stop.signal.aborted && this.#ours[index] === true && !this.parts.sockets.isPersons(name);
  }

  #socket(name: string) {
    return this.parts.virtual.slots[this.#indexOf(name)]!;
  }

  #indexOf(name: string): number {
    const slot = this.parts.bench.slot(name);
    return this.parts.virtual.slots.findIndex(({ portPath }) => portPath === slot?.portPath);
  }

  /** Ends at once when the hand is closed. */
  async #pause(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }

  /** Waits for a board that is being changed. */
  async close(): Promise<void> {
    this.#stop.abort();
    for (const stop of this.#stopListening) stop();
    for (const name of [...this.#plans.keys()]) this.#forget(name);
    await Promise.all(this.#work);
  }
}
