import type { RunQuery } from '@boardwalk/contracts';
import { Prisma } from '../../persistence/gen/client.ts';
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
const ATTEMPTS: Readonly<Record<Exclude<Attempts, number>, Prisma.Sql>> = {
  any: Prisma.sql`r."attempt" IS NOT NULL`,
  again: Prisma.sql`r."attempt" > 1`,
};
const FAULTS = {
  station: Prisma.sql`r."outcome" IN ('ERROR', 'TIMEOUT')`,
  board: Prisma.sql`r."outcome" = 'FAIL'`,
  any: Prisma.sql`r."outcome" IN ('FAIL', 'ERROR', 'TIMEOUT')`,
} as const;

/** The conditions on a run `r`; an empty filter is for runs that have no such value. */
export function runConditions(filters: RunFilters): Prisma.Sql[] {
  const { images, attempt, counted, fault, life, hadReason, passedAfter } = filters;
  return [
    ...columnConditions(filters),
    ...timeConditions(filters),
    ...(images === null ? [] : [Prisma.sql`r."imageSha256" IN (${Prisma.join(images)})`]),
    ...(attempt === undefined ? [] : [attemptCondition(attempt)]),
    ...(counted === undefined ? [] : [Prisma.sql`r."outcome" IS NOT NULL AND r."reference" IS NULL`]),
    ...(fault === undefined ? [] : [FAULTS[fault]]),
    ...(life === undefined ? [] : [lifeCondition(life)]),
    ...(hadReason === undefined ? [] : [hadReasonCondition(hadReason)]),
    ...(passedAfter === undefined ? [] : [passedAfterCondition(passedAfter)]),
  ];
}

function columnConditions(filters: RunFilters): Prisma.Sql[] {
  const { virtual } = filters;
  const given = Object.entries(COLUMNS).flatMap(([filter, name]) => {
    const value = filters[filter as keyof typeof COLUMNS];
    const column = Prisma.raw(`r."${name}"`);
    if (value === undefined) return [];
    return [value === '' ? Prisma.sql`${column} IS NULL` : Prisma.sql`${column} = ${value}`];
  });
  return [...given, ...(virtual === undefined ? [] : [Prisma.sql`r."virtual" = ${Number(virtual)}`])];
}

function timeConditions({ from, to, spans }: RunFilters): Prisma.Sql[] {
  const within = (begin: string | null | undefined, end: string | null | undefined): Prisma.Sql[] => [
    ...(begin ? [Prisma.sql`r."startedAt" >= ${new Date(begin).toISOString()}`] : []),
    ...(end ? [Prisma.sql`r."startedAt" < ${new Date(end).toISOString()}`] : []),
  ];
  const window = within(from, to);
  if (spans === undefined) return window;
  if (spans.length === 0) return [Prisma.sql`FALSE`];
  const parts = spans.map((span) => Prisma.sql`(${Prisma.join(within(span.from, span.to), ' AND ')})`);
  return [...window, Prisma.sql`(${Prisma.join(parts, ' OR ')})`];
}

function attemptCondition(attempt: Attempts): Prisma.Sql {
  return typeof attempt === 'number' ? Prisma.sql`r."attempt" = ${attempt}` : ATTEMPTS[attempt];
}
