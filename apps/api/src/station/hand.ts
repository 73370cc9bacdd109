import type { Bench } from '@boardwalk/station';
import type { VirtualBench } from '@boardwalk/virtual-bench';

const CHANGE_AFTER_MS = 1500;

/**
 * The hand at a virtual bench: takes out a board that is done, and puts the next one of its kind in, so that jobs
 * for more boards than sockets go on and the page lives.
 */
export class Hand {
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #busy = new Set<string>();
  readonly #swaps = new Set<Promise<void>>();
  readonly #stopListening: () => void;
  #closed = false;

  constructor(
    private readonly bench: Bench,
    private readonly virtual: VirtualBench,
    private readonly boards: readonly string[],
  ) {
    this.#stopListening = bench.onChange(({ slot }) => {
      if (slot.state === 'done') this.#change(slot.name);
    });
  }

  #change(name: string): void {
    if (this.#busy.has(name) || this.#closed) return;
    this.#busy.add(name);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      const swap = this.#swap(name).finally(() => {
        this.#busy.delete(name);
        this.#swaps.delete(swap);
      });
      this.#swaps.add(swap);
    }, CHANGE_AFTER_MS);
    this.#timers.add(timer);
  }

  async #swap(name: string): Promise<void> {
    const slot = this.bench.slot(name);
    const index = this.virtual.slots.findIndex(({ portPath }) => portPath === slot?.portPath);
    const socket = this.virtual.slots[index];
    const spec = this.boards[index];
    if (!slot || !socket || !spec || slot.state !== 'done' || this.#closed) return;
    await socket.remove();
    await this.bench.look();
    if (!this.#closed) await socket.insert(spec);
    await this.bench.look();
  }

  /** Waits for a board that is being changed. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#stopListening();
    for (const timer of this.#timers) clearTimeout(timer);
    await Promise.all(this.#swaps);
  }
}
