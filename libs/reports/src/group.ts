import type { ReportWindow } from './window.ts';
import type { ReportRun } from './lives/run.ts';
import { Plant } from './plant.ts';
import { dayAfter, iso, startOfDay } from './time/days.ts';

/** A way to put runs into rows. */
interface Grouping {
  keyOf(run: ReportRun, plant: Plant): string | null;
  /** The filters by which a list of runs shows the group alone. */
  filtersOf(key: string, plant: Plant): Readonly<Record<string, string>>;
}

const byField = <Field extends keyof ReportRun>(field: Field, filter: string = field): Grouping => ({
  keyOf: (run) => run[field] as string | null,
  filtersOf: (key) => ({ [filter]: key }),
});

/** The keys that rows can have. */
export const GROUPINGS = {
  ...{ recipe: byField('recipe'), workOrder: byField('workOrder'), lot: byField('lot') },
  ...{ supplier: byField('supplier'), slot: byField('slot'), operator: byField('operator') },
  shift: {
    keyOf: ({ at }, { shifts }) => shifts.keyOf(Date.parse(at)),
    filtersOf: (key) => ({ shift: key }),
  },
  day: {
    keyOf: ({ at }, { zone }) => zone.dateOf(Date.parse(at)),
    filtersOf: (key, { zone }) => ({
      from: iso(startOfDay(key, zone)),
      to: iso(startOfDay(dayAfter(key), zone)),
    }),
  },
} as const satisfies Readonly<Record<string, Grouping>>;
export type GroupBy = keyof typeof GROUPINGS;
export const GROUPS = Object.keys(GROUPINGS) as [GroupBy, ...GroupBy[]];

const UTC = new Plant();

/** The groups of a report: what the rows of its window are by. */
export class Groups {
  readonly #grouping: Grouping;
  readonly #plant: Plant;

  constructor(
    readonly by: GroupBy,
    { plant = UTC }: Pick<ReportWindow, 'plant'>,
  ) {
    this.#grouping = GROUPINGS[by];
    this.#plant = plant;
  }

  keyOf(run: ReportRun): string | null {
    return this.#grouping.keyOf(run, this.#plant);
  }

  /** An empty filter is for runs that have no such value. */
  filtersOf(key: string | null): Readonly<Record<string, string>> {
    return key === null ? { [this.by]: '' } : this.#grouping.filtersOf(key, this.#plant);
  }
}

const COLLATOR = new Intl.Collator('en', { numeric: true });

/** Keys in the order that people expect, `2` before `10`; what has none comes last. */
export function inOrder(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return COLLATOR.compare(one, other) || (one < other ? -1 : Number(one > other));
}
