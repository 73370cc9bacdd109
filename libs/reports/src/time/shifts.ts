import { dayAfter, iso, startOfDay, type Span } from './days.ts';
import type { Zone } from './zone.ts';

/** A shift in the plant's wall clock. One that ends at or before its start goes over midnight. */
export interface Shift {
  readonly name: string;
  /** `06:00` */
  readonly start: string;
  readonly end: string;
}

/** The shifts that apply from an instant on. */
export interface ShiftPlan {
  /** RFC 3339. */
  readonly since: string;
  readonly shifts: readonly Shift[];
}

/** The name of the time that no shift has. */
export const NO_SHIFT = 'no shift';

/** A stretch of time with one key. */
export interface Period {
  readonly key: string;
  /** RFC 3339. */
  readonly from: string;
  /** RFC 3339; not part of it. */
  readonly to: string;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly key: string;
}

/** Which shift an instant belongs to. A shift belongs to the day it starts: its key is `2026-11-21 night`. */
export class ShiftClock {
  readonly #plans: readonly { readonly since: number; readonly shifts: readonly Shift[] }[];
  readonly #days = new Map<string, readonly Stretch[]>();

  /** @param plans in any order; before the first one there is no shift */
  constructor(
    plans: readonly ShiftPlan[],
    private readonly zone: Zone,
  ) {
    this.#plans = plans
      .map(({ since, shifts }) => ({ since: Date.parse(since), shifts }))
      .sort((one, other) => one.since - other.since);
  }

  keyOf(instant: number): string {
    const date = this.zone.dateOf(instant);
    for (const day of [date, dayAfter(date, -1)])
      for (const { from, to, key } of this.#shiftsOf(day)) if (from <= instant && instant < to) return key;
    return `${date} ${NO_SHIFT}`;
  }

  /** The instants that a key names: several for a shift that a change of plans or a gap divides, none for no key. */
  spansOf(key: string): Span[] {
    const date = key.slice(0, 10);
    const end = startOfDay(dayAfter(date, 2), this.zone);
    const edges = new Set([startOfDay(date, this.zone), end]);
    for (const day of [dayAfter(date, -1), date, dayAfter(date)]) {
      edges.add(startOfDay(day, this.zone));
      for (const { from, to } of this.#shiftsOf(day)) edges.add(from).add(to);
    }
    const sorted = [...edges].sort((one, other) => one - other);
    const spans: { from: number; to: number }[] = [];
    for (const [at, from] of sorted.slice(0, -1).entries()) {
      if (this.keyOf(from) !== key) continue;
      const to = sorted[at + 1]!;
      if (spans.at(-1)?.to === from) spans.at(-1)!.to = to;
      else spans.push({ from, to });
    }
    return spans.map(({ from, to }) => ({ from: iso(from), to: iso(to) }));
  }

  /** The shift that is on at an instant; between shifts, and where there are none, the part of the day around it. */
  periodAt(instant: number): Period {
    const key = this.keyOf(instant);
    const at = iso(instant);
    for (const { from, to } of this.spansOf(key))
      if (from !== null && to !== null && from <= at && at < to) return { key, from, to };
    throw new Error(`The shift ${key} does not include ${at}.`);
  }

  /** The shifts that start on a day, each as far as its plan applies. */
  #shiftsOf(date: string): readonly Stretch[] {
    let stretches = this.#days.get(date);
    if (!stretches) {
      if (this.#days.size > MOST_DAYS) this.#days.clear();
      this.#days.set(date, (stretches = this.#plans.flatMap((_, at) => this.#ofPlan(at, date))));
    }
    return stretches;
  }

  #ofPlan(at: number, date: string): Stretch[] {
    const { since, shifts } = this.#plans[at]!;
    const until = this.#plans[at + 1]?.since ?? Infinity;
    return shifts.flatMap(({ name, start, end }) => {
      const last = minutesOf(end) > minutesOf(start) ? date : dayAfter(date);
      const from = Math.max(since, this.#instant(date, start));
      const to = Math.min(until, this.#instant(last, end));
      return from < to ? [{ from, to, key: `${date} ${name}` }] : [];
    });
  }

  #instant(date: string, time: string): number {
    return this.zone.instantOf(Date.parse(`${date}T00:00:00Z`) + minutesOf(time) * 60_000);
  }
}

const MOST_DAYS = 2000;

/** Minutes after midnight of `06:30`. */
export function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** Two shifts that are on at the same time, or null. */
export function overlapping(shifts: readonly Shift[]): readonly [Shift, Shift] | null {
  const DAY = 1440;
  for (const [at, one] of shifts.entries())
    for (const other of shifts.slice(at + 1)) {
      const apart = (minutesOf(other.start) - minutesOf(one.start) + DAY) % DAY;
      if (apart < lengthOf(one) || DAY - apart < lengthOf(other)) return [one, other];
    }
  return null;
}

function lengthOf({ start, end }: Shift): number {
  return ((minutesOf(end) - minutesOf(start) + 1440 - 1) % 1440) + 1;
}
