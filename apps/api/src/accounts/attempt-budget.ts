import { MemoryStore, type Options } from 'express-rate-limit';

const WINDOW_MS = 60_000;

/** Attempts that each name may make within a minute. */
export class AttemptBudget {
  readonly #store = new MemoryStore();

  constructor(private readonly allowed: number) {
    this.#store.init({ windowMs: WINDOW_MS } as Options);
  }

  /** Takes one attempt. @returns false when none is left in this minute */
  async take(name: string): Promise<boolean> {
    return (await this.#store.increment(name)).totalHits <= this.allowed;
  }

  /** The attempt was no guess after all. */
  async giveBack(name: string): Promise<void> {
    await this.#store.decrement(name);
  }

  dispose(): void {
    this.#store.shutdown();
  }
}
