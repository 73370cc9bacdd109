import type { ReportRun } from '../lives/run.ts';
import { individuals } from '../statistics/individuals.ts';
import { shown } from '../statistics/shown.ts';
import type { ControlRow } from './columns.ts';

/** Limits of fewer values move with every new one. */
export const LEAST_VALUES = 20;
/** As many as a person can tell apart on one chart. */
export const MOST_POINTS = 100;

/** The values of one group in their order. Eight bytes a value are kept, and the runs of the latest ones. */
export class ControlChart {
  runs = 0;
  readonly #values: number[] = [];
  #latest: Pick<ReportRun, 'id' | 'at'>[] = [];

  add({ id, at }: ReportRun, value: number): void {
    this.#values.push(value);
    this.#latest.push({ id, at });
    if (this.#latest.length >= 2 * MOST_POINTS) this.#latest = this.#latest.slice(-MOST_POINTS);
  }

  row(key: string | null, links: ControlRow['links']): ControlRow {
    const values = this.#values;
    const [n, enough] = [values.length, values.length >= LEAST_VALUES];
    const { centre, low, high, meanRange, highRange, outside, runs } = individuals(values);
    const ranges = values.map((value, at) => (at === 0 ? null : Math.abs(value - values[at - 1]!)));
    const latest = this.#latest.slice(-MOST_POINTS);
    const limits = enough ? { low, high, highRange } : { low: null, high: null, highRange: null };
    return {
      ...{ key, runs: this.runs, n, centre: shownOf(centre), meanRange: shownOf(meanRange) },
      ...{ low: shownOf(limits.low), high: shownOf(limits.high), highRange: shownOf(limits.highRange) },
      outside: enough ? outside.filter(Boolean).length : null,
      outsideRange: enough ? ranges.filter((range) => range !== null && range > highRange!).length : null,
      inARow: enough ? runs.filter(Boolean).length : null,
      note: enough ? null : 'not enough data',
      points: latest.map(({ id, at }, place) => {
        const index = n - latest.length + place;
        return {
          ...{ run: id, at, value: values[index]!, range: shownOf(ranges[index]!) },
          ...{ outside: enough && outside[index]!, row: enough && runs[index]! },
        };
      }),
      links,
    };
  }
}

const shownOf = (value: number | null): number | null => (value === null ? null : shown(value));
