const HOUR_MS = 3_600_000;
const QUARTER_MS = HOUR_MS / 4;
/** Wall clocks are at most so far from UTC: 14 hours ahead, 12 behind, and 16 by the sun in old times. */
const FURTHEST_MS = 26 * HOUR_MS;

/** A time zone by the host's own tables (IANA): the wall clock of an instant, and the instant of a wall clock. */
export class Zone {
  readonly #parts: Intl.DateTimeFormat;
  readonly #known = new Map<number, number>();

  constructor(readonly name: string) {
    this.#parts = new Intl.DateTimeFormat('en-US', {
      ...{
        timeZone: name,
        hourCycle: 'h23',
        era: 'short',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
      },
      ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
    });
  }

  /** How far the wall clock is ahead of UTC, ms. */
  offsetAt(instant: number): number {
    // Changes come at whole quarters of an hour, or else the two ends of the quarter differ.
    const begin = Math.floor(instant / QUARTER_MS) * QUARTER_MS;
    const offset = this.#kept(begin);
    return offset === this.#kept(begin + QUARTER_MS) ? offset : this.#measured(instant);
  }

  /** The wall clock as if it were UTC: read it with the `getUTC…` methods of a Date. */
  wallOf(instant: number): number {
    return instant + this.offsetAt(instant);
  }

  /** The date that the wall clock shows: `2026-11-21`. */
  dateOf(instant: number): string {
    return new Date(this.wallOf(instant)).toISOString().slice(0, 10);
  }

  /**
   * The first instant at which the wall clock shows this time or a later one: the earlier of two where a clock was set
   * back, the next that exists where it was set forward.
   * @param wall as if it were UTC
   */
  instantOf(wall: number): number {
    for (let from = wall - FURTHEST_MS; ;) {
      const there = wall - this.offsetAt(from);
      const change = this.nextChange(from, there);
      if (change === null) return there;
      if (this.wallOf(change) >= wall) return change;
      from = change;
    }
  }

  /** The first instant with another offset than `from` has, up to `last`. */
  nextChange(from: number, last: number): number | null {
    const before = this.offsetAt(from);
    let low = from;
    while (low < last) {
      const high = Math.min(last, low + HOUR_MS);
      if (this.offsetAt(high) !== before) return this.#changeIn(low, high, before);
      low = high;
    }
    return null;
  }

  #changeIn(low: number, high: number, before: number): number {
    let [same, other] = [low, high];
    while (other - same > 1) {
      const middle = Math.floor((same + other) / 2);
      if (this.offsetAt(middle) === before) same = middle;
      else other = middle;
    }
    return other;
  }

  #kept(quarter: number): number {
    let offset = this.#known.get(quarter);
    if (offset === undefined) {
      if (this.#known.size >= MOST_KEPT) this.#known.clear();
      this.#known.set(quarter, (offset = this.#measured(quarter)));
    }
    return offset;
  }

  #measured(instant: number): number {
    const part: Record<string, string> = {};
    for (const { type, value } of this.#parts.formatToParts(instant)) part[type] = value;
    const year = part['era'] === 'BC' ? 1 - Number(part['year']) : Number(part['year']);
    const wall = Date.UTC(2000, Number(part['month']) - 1, Number(part['day']), Number(part['hour']));
    const shown = new Date(wall);
    shown.setUTCFullYear(year, Number(part['month']) - 1, Number(part['day']));
    shown.setUTCMinutes(Number(part['minute']), Number(part['second']));
    return shown.getTime() - Math.floor(instant / 1000) * 1000;
  }
}

/** Quarters of an hour that are remembered: five months of them. */
const MOST_KEPT = 15_000;
