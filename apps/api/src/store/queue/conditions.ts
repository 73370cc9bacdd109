import { STARTING_JOB_STATES } from '@boardwalk/contracts';
import { Prisma } from '../../persistence/gen/client.ts';

/** Written into the statement and not given to it: SQLite uses the index `Job_waiting_idx` only for constants. */
const STARTING = Prisma.raw(STARTING_JOB_STATES.map((state) => `'${state}'`).join(', '));

/** The job `j` may start units at this time (RFC 3339, UTC): its state, its dates, and those of its order `w`, if any. */
export function isOpen(now: string): Prisma.Sql {
  const within = (table: Prisma.Sql) => Prisma.sql`
      (${table}."notBefore" IS NULL OR ${table}."notBefore" <= ${now})
      AND (${table}."notAfter" IS NULL OR ${table}."notAfter" > ${now})`;
  return Prisma.sql`j."state" IN (${STARTING}) AND ${within(Prisma.sql`j`)}
      AND (w."id" IS NULL OR (w."state" IN ('open', 'completed') AND ${within(Prisma.sql`w`)}))`;
}

/** A list of values as a table of one column. */
export function given(values: readonly (string | number)[]): Prisma.Sql {
  return Prisma.sql`(SELECT "value" FROM json_each(${JSON.stringify(values)}))`;
}
