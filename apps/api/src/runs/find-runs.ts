import type { RunQuery } from '@boardwalk/contracts';
import { idsOfImage } from '../images/image-names.ts';
import { BEFORE_ALL, readInSteps, STEP_ROWS } from '../lists/in-steps.ts';
import type { Database } from '../persistence/database.ts';
import { placesOfRuns } from '../store/runs/places-of-runs.ts';
import type { RunFilters } from '@boardwalk/records';
import { virtualOf } from './virtual-runs.ts';

/** The filters of a list of runs, its times and shifts as instants. */
export type RunListFilters = Omit<RunQuery, 'limit' | 'cursor' | 'shift'> & Pick<RunFilters, 'spans'>;

export const WITH_STEPS = { steps: { orderBy: { index: 'asc' } } } as const;

/** Filters with an index of their own and few rows each: they are read at once. */
const SELECTIVE = ['job', 'serial', 'uid', 'board'] as const satisfies readonly (keyof RunFilters)[];

/** The newest `take` runs below a place in the record that fit. */
export async function findRuns(
  database: Database,
  { image, virtual, ...others }: RunListFilters,
  below: number | null,
  take: number,
) {
  const images = image === undefined ? null : await idsOfImage(database, image, '/image');
  const filters = { ...others, images, virtual: virtualOf(virtual) };
  const rowsIn = (from: number, end: number, most: number): Promise<number[]> =>
    placesOfRuns(database, filters, { from, end }, most);
  const list = { rowsIn, placeBelow: (place: number) => placeBelow(database, place) };
  const selective = SELECTIVE.some((name) => filters[name] !== undefined && filters[name] !== '');
  const places = selective
    ? await rowsIn(BEFORE_ALL, below ?? Number.MAX_SAFE_INTEGER, take)
    : await readInSteps(list, below, take);
  return database.run.findMany({
    where: { sequence: { in: places } },
    orderBy: { sequence: 'desc' },
    include: WITH_STEPS,
  });
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
