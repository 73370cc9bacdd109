import type { LinkClock } from './link.ts';

/** A look at a target is a few transfers of a full-speed device. */
const LOOK_MS = 2;

/**
 * The time that a target was given, of a limit. Only a look that begins after the limit proves that it passed. Between
 * two looks no more is counted than the pause that was asked for and a look's own time: a host that stood still
 * meanwhile (busy, suspended) did not wait for the target.
 */
export class Patience {
  #spentMs = 0;
  #mostMs = LOOK_MS;
  #lastMs: number;

  constructor(
    private readonly clock: LinkClock,
    private readonly limitMs: number,
  ) {
    this.#lastMs = clock.now();
  }

  /** Call before each look: true where the look that follows is the last. */
  spent(): boolean {
    const nowMs = this.clock.now();
    this.#spentMs += Math.min(nowMs - this.#lastMs, this.#mostMs);
    this.#lastMs = nowMs;
    this.#mostMs = LOOK_MS;
    return this.#spentMs >= this.limitMs;
  }

  /** The pause between two looks. */
  async wait(ms: number): Promise<void> {
    this.#mostMs += ms;
    await this.clock.wait(ms);
  }

  /** The target has shown that it works: its time begins again. */
  renew(): void {
    this.#spentMs = 0;
    this.#lastMs = this.clock.now();
  }
}
