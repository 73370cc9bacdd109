import { idsOfImage } from '../images/image-names.ts';
import { BEFORE_ALL, readInSteps, STEP_ROWS } from '../lists/in-steps.ts';
import type { Database } from '../persistence/database.ts';
import { Prisma } from '../persistence/gen/client.ts';
import { runConditions, type RunFilters } from './run-conditions.ts';

export const WITH_STEPS = { steps: { orderBy: { index: 'asc' } } } as const;

/** Filters with an index of their own and few rows each: they are read at once. */
const SELECTIVE = ['job', 'serial', 'uid', 'board'] as const satisfies readonly (keyof RunFilters)[];

/** The newest `take` runs below a place in the record that fit. */
export async function findRuns(database: Database, filters: RunFilters, below: number | null, take: number) {
  const { image } = filters;
  const images = image === undefined ? null : await idsOfImage(database, image, '/image');
  const fits = runConditions(filters, images);
  const placesIn = async (from: number, end: number, count: number): Promise<number[]> => {
    const where = [Prisma.sql`r."sequence" >= ${from} AND r."sequence" < ${end}`, ...fits];
    const rows = await database.$queryRaw<{ sequence: number | bigint }[]>(Prisma.sql`
      SELECT r."sequence" AS sequence FROM "Run" r WHERE ${Prisma.join(where, ' AND ')}
      ORDER BY r."sequence" DESC LIMIT ${count}`);
    return rows.map(({ sequence }) => Number(sequence));
  };
  const selective = SELECTIVE.some((name) => filters[name] !== undefined && filters[name] !== '');
  const places = selective
    ? await placesIn(BEFORE_ALL, below ?? Number.MAX_SAFE_INTEGER, take)
    : await readInSteps(
        { rowsIn: placesIn, placeBelow: (place) => placeBelow(database, place) },
        below,
        take,
      );
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
