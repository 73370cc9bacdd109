import { quantileSorted } from './quantile.ts';
import { shown } from './shown.ts';

/** Many measured values, rounded to a step so that their memory stays the same however many there are. */
export class Values {
  readonly #counts = new Map<number, number>();
  n = 0;
  min: number | null = null;

  constructor(private readonly step: number) {}

  add(value: number): void {
    const rounded = Math.round(value / this.step);
    this.#counts.set(rounded, (this.#counts.get(rounded) ?? 0) + 1);
    this.n += 1;
    if (this.min === null || rounded * this.step < this.min) this.min = this.#shown(rounded);
  }

  /** The quantile of type 7 of the rounded values; null of none. */
  quantile(p: number): number | null {
    if (this.n === 0) return null;
    const sorted = [...this.#counts].sort(([one], [other]) => one - other);
    const place = (this.n - 1) * p;
    const pair = [Math.floor(place), Math.ceil(place)].map((at) => valueAt(sorted, at));
    return this.#shown(quantileSorted(pair, place - Math.floor(place))!);
  }

  #shown(rounded: number): number {
    return shown(rounded * this.step);
  }
}

function valueAt(sorted: readonly (readonly [number, number])[], place: number): number {
  let before = 0;
  for (const [value, count] of sorted) if ((before += count) > place) return value;
  return sorted.at(-1)![0];
}
