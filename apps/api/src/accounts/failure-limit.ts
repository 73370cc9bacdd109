import { ipKeyGenerator, MemoryStore, type Options } from 'express-rate-limit';
import { comeAgain } from '../problems/problems.ts';

const WINDOW_MS = 60_000;
/** Wrong tokens, badges or passwords from one address within the window; enough for a finger that slips. */
export const FAILURES_ALLOWED = 10;

/** Counts failures by address or name, so that secrets cannot be tried out. What is right is never held up by it. */
export class FailureLimit {
  readonly #store = new MemoryStore();

  /** @param what of which there were too many, as the refusal says it */
  constructor(
    private readonly what = 'wrong logins from this address',
    private readonly allowed = FAILURES_ALLOWED,
  ) {
    this.#store.init({ windowMs: WINDOW_MS } as Options);
  }

  /** Before a secret that could be guessed is looked at; the attempt counts until {@link forgive}. */
  attempt(address: string | undefined): Promise<void> {
    return this.#count(address);
  }

  /** The attempt was right after all. */
  async forgive(address: string | undefined): Promise<void> {
    await this.#store.decrement(keyOf(address));
  }

  /** A token that was not right. @throws ProblemException 429 past the limit */
  failed(address: string | undefined): Promise<void> {
    return this.#count(address);
  }

  async #count(address: string | undefined): Promise<void> {
    const { totalHits, resetTime } = await this.#store.increment(keyOf(address));
    if (totalHits <= this.allowed) return;
    const seconds = Math.max(1, Math.ceil(((resetTime?.getTime() ?? Date.now()) - Date.now()) / 1000));
    throw comeAgain('too-many-failures', { what: this.what, seconds }, seconds);
  }

  dispose(): void {
    this.#store.shutdown();
  }
}

/** An IPv6 address counts as its /56: who has one address of it has all. */
function keyOf(address: string | undefined): string {
  return ipKeyGenerator(address ?? '0.0.0.0');
}
