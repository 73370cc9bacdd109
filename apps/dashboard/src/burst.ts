/**
 * A keyboard-wedge scanner types a key every 1 to 30 ms; a person who types fast needs 80 ms and more, and one who
 * holds a key down sends repeats, which are left out.
 */
export const BURST_MS = 50;

/** Tells a scanner's keys from a person's by the time between them. */
export class Burst {
  #last = Number.NEGATIVE_INFINITY;

  /** Whether this key follows another so closely that a scanner sent both. `at`: ms on the page's clock. */
  continues(at: number): boolean {
    const close = at - this.#last < BURST_MS;
    this.#last = at;
    return close;
  }
}
