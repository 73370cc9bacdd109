import type { JobQuery } from '@boardwalk/contracts';
import { readInSteps, STEP_ROWS } from '../lists/in-steps.ts';
import type { Database } from '../persistence/database.ts';
import type { Prisma } from '../persistence/gen/client.ts';
import { utc } from '../units/job-rows.ts';

type Filters = Omit<JobQuery, 'limit' | 'cursor'>;

/** The newest `take` jobs below a place in the record that fit. */
export function findJobs(database: Database, filters: Filters, below: number | null, take: number) {
  const where = whereOf(filters);
  const rowsIn = (from: number, end: number, count: number) =>
    database.job.findMany({
      where: { AND: [where, { sequence: { gte: from, lt: end } }] },
      orderBy: { sequence: 'desc' },
      take: count,
    });
  const placeBelow = async (place: number): Promise<number | null> => {
    const row = await database.job.findFirst({
      where: { sequence: { lt: place } },
      orderBy: { sequence: 'desc' },
      skip: STEP_ROWS,
      select: { sequence: true },
    });
    return row?.sequence ?? null;
  };
  return readInSteps({ rowsIn, placeBelow }, below, take);
}

function whereOf({ state, workOrder, recipe, author, clientRef, from, to }: Filters): Prisma.JobWhereInput {
  const createdAt = {
    ...(from === undefined ? {} : { gte: utc(from)! }),
    ...(to === undefined ? {} : { lt: utc(to)! }),
  };
  return {
    ...(state ? { state } : {}),
    ...(workOrder ? { workOrder } : {}),
    ...(recipe ? { recipeName: recipe } : {}),
    ...(author === undefined ? {} : { author }),
    ...(clientRef === undefined ? {} : { clientRef }),
    ...(from === undefined && to === undefined ? {} : { createdAt }),
  };
}
