import type { RunQuery } from '@boardwalk/contracts';
import { joined, raw, sql, type Fragment } from './fragment.ts';
import { hadReasonCondition, lifeCondition, passedAfterCondition } from './life-conditions.ts';

/** The runs that are asked for; what is undefined does not matter. */
export interface RunFilters extends Omit<
  RunQuery,
  'limit' | 'cursor' | 'for' | 'shift' | 'image' | 'virtual'
> {
  /** Stretches of time: a run must have started in one of them. */
  readonly spans?: readonly { readonly from: string | null; readonly to: string | null }[] | undefined;
  /** Every id that the image has or had; null: any image. */
  readonly images: readonly string[] | null;
  readonly virtual: boolean | undefined;
}

/** Filters → columns. */
const COLUMNS = {
  ...{ job: 'jobId', recipe: 'recipeName', slot: 'slot', outcome: 'outcome' },
  ...{ workOrder: 'workOrder', serial: 'serial', uid: 'uid', operator: 'operator', board: 'board' },
  ...{ lot: 'lot', supplier: 'supplier', verdict: 'verdict', resembles: 'resembles', reason: 'reason' },
  ...{ recipeRevision: 'recipeRevision', probe: 'probeSerial' },
} as const satisfies Partial<Record<keyof RunFilters, string>>;

type Attempts = NonNullable<RunQuery['attempt']>;
const ATTEMPTS: Readonly<Record<Exclude<Attempts, number>, Fragment>> = {
  any: sql`r."attempt" IS NOT NULL`,
  again: sql`r."attempt" > 1`,
};
const FAULTS = {
  station: sql`r."outcome" IN ('ERROR', 'TIMEOUT')`,
  board: sql`r."outcome" = 'FAIL'`,
  any: sql`r."outcome" IN ('FAIL', 'ERROR', 'TIMEOUT')`,
} as const;

/** The conditions on a run `r`; an empty filter is for runs that have no such value. */
export function runConditions(filters: RunFilters): Fragment[] {
  const { images, attempt, counted, fault, life, hadReason, passedAfter } = filters;
  return [
    ...columnConditions(filters),
    ...timeConditions(filters),
    ...(images === null ? [] : [sql`r."imageSha256" IN (${joined(images)})`]),
    ...(attempt === undefined ? [] : [attemptCondition(attempt)]),
    ...(counted === undefined ? [] : [sql`r."outcome" IS NOT NULL AND r."reference" IS NULL`]),
    ...(fault === undefined ? [] : [FAULTS[fault]]),
    ...(life === undefined ? [] : [lifeCondition(life)]),
    ...(hadReason === undefined ? [] : [hadReasonCondition(hadReason)]),
    ...(passedAfter === undefined ? [] : [passedAfterCondition(passedAfter)]),
  ];
}

function columnConditions(filters: RunFilters): Fragment[] {
  const { virtual } = filters;
  const given = Object.entries(COLUMNS).flatMap(([filter, name]) => {
    const value = filters[filter as keyof typeof COLUMNS];
    const column = raw(`r."${name}"`);
    if (value === undefined) return [];
    return [value === '' ? sql`${column} IS NULL` : sql`${column} = ${value}`];
  });
  return [...given, ...(virtual === undefined ? [] : [sql`r."virtual" = ${Number(virtual)}`])];
}

function timeConditions({ from, to, spans }: RunFilters): Fragment[] {
  const within = (begin: string | null | undefined, end: string | null | undefined): Fragment[] => [
    ...(begin ? [sql`r."startedAt" >= ${new Date(begin).toISOString()}`] : []),
    ...(end ? [sql`r."startedAt" < ${new Date(end).toISOString()}`] : []),
  ];
  const window = within(from, to);
  if (spans === undefined) return window;
  if (spans.length === 0) return [sql`FALSE`];
  const parts = spans.map((span) => sql`(${joined(within(span.from, span.to), ' AND ')})`);
  return [...window, sql`(${joined(parts, ' OR ')})`];
}

function attemptCondition(attempt: Attempts): Fragment {
  return typeof attempt === 'number' ? sql`r."attempt" = ${attempt}` : ATTEMPTS[attempt];
}
