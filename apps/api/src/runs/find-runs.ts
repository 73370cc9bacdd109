import type { RunQuery } from '@boardwalk/contracts';
import { idsOfImage } from '../images/image-names.ts';
import { BEFORE_ALL, readInSteps, STEP_ROWS } from '../lists/in-steps.ts';
import type { Database } from '../persistence/database.ts';
import type { Prisma } from '../persistence/gen/client.ts';
import { virtualOf } from './virtual-runs.ts';

type Filters = Omit<RunQuery, 'limit' | 'cursor'>;
type OwnFilters = Omit<Filters, 'image'>;

export const WITH_STEPS = { steps: { orderBy: { index: 'asc' } } } as const;

/** Filters → columns. */
const COLUMNS = {
  ...{ job: 'jobId', recipe: 'recipeName', slot: 'slot', outcome: 'outcome' },
  ...{ workOrder: 'workOrder', serial: 'serial', uid: 'uid', operator: 'operator', board: 'board' },
  ...{ lot: 'lot', supplier: 'supplier', verdict: 'verdict', resembles: 'resembles', reason: 'reason' },
} as const satisfies Partial<Record<keyof OwnFilters, string>>;

/** Filters with an index of their own and few rows each: they are read at once. */
const SELECTIVE = ['job', 'serial', 'uid', 'board'] as const satisfies readonly (keyof Filters)[];

/** The newest `take` runs below a place in the record that fit. */
export async function findRuns(database: Database, filters: Filters, below: number | null, take: number) {
  const { image, ...others } = filters;
  const images =
    image === undefined ? {} : { imageSha256: { in: await idsOfImage(database, image, '/image') } };
  const where = { ...whereOf(others), ...images };
  const rowsIn = (from: number, end: number, count: number) =>
    database.run.findMany({
      where: { AND: [where, { sequence: { gte: from, lt: end } }] },
      orderBy: { sequence: 'desc' },
      take: count,
      include: WITH_STEPS,
    });
  if (SELECTIVE.some((name) => filters[name] !== undefined))
    return rowsIn(BEFORE_ALL, below ?? Number.MAX_SAFE_INTEGER, take);
  return readInSteps({ rowsIn, placeBelow: (place) => placeBelow(database, place) }, below, take);
}

async function placeBelow(database: Database, place: number): Promise<number | null> {
  const row = await database.run.findFirst({
    where: { sequence: { lt: place } },
    orderBy: { sequence: 'desc' },
    skip: STEP_ROWS,
    select: { sequence: true },
  });
  return row?.sequence ?? null;
}

function whereOf(filters: OwnFilters): Prisma.RunWhereInput {
  const { from, to } = filters;
  const virtual = virtualOf(filters.virtual);
  const startedAt = {
    ...(from === undefined ? {} : { gte: new Date(from).toISOString() }),
    ...(to === undefined ? {} : { lt: new Date(to).toISOString() }),
  };
  const given = Object.entries(COLUMNS).flatMap(([filter, column]) => {
    const value = filters[filter as keyof typeof COLUMNS];
    return value === undefined ? [] : [[column, value] as const];
  });
  return {
    ...(Object.fromEntries(given) as Prisma.RunWhereInput),
    ...(from === undefined && to === undefined ? {} : { startedAt }),
    ...(virtual === undefined ? {} : { virtual }),
  };
}
