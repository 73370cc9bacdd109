import type { BoardQuery } from '@boardwalk/contracts';
import { Prisma } from '../../persistence/gen/client.ts';
import { conditionsOfRun, type RunFilters } from './run-of-board.ts';

interface ReadingFilters
  extends RunFilters, Pick<BoardQuery, 'verdict' | 'resembles' | 'difference' | 'state'> {
  readonly counted: NonNullable<BoardQuery['counted']>;
  readonly readFrom: string | undefined;
  readonly readTo: string | undefined;
}

/** A run that read an identity, as the report of identities counts it. */
const READ = (run: 'r' | 'l'): Prisma.Sql =>
  Prisma.raw(`${run}."verdict" IS NOT NULL AND ${run}."outcome" IS NOT NULL AND ${run}."reference" IS NULL`);

/** A verdict of newer rules, where the identity was judged again, goes before the one of the time. */
const JUDGED = {
  verdict: Prisma.sql`coalesce(a."verdict", r."verdict")`,
  resembles: Prisma.sql`CASE WHEN a."runId" IS NULL THEN r."resembles" ELSE a."resembles" END`,
  difference: Prisma.sql`CASE WHEN a."runId" IS NULL THEN r."difference" ELSE a."difference" END`,
} as const;

/**
 * The condition that a board `b` counts in the report of identities: its latest reading of those that fit has the
 * verdict, and the value of the filter that `counted` names. Held is a board whose identity or lot waits for a decision.
 */
export function readingFits(filters: ReadingFilters): Prisma.Sql[] {
  const { counted, state, readFrom, readTo } = filters;
  const selecting = counted === 'true' ? filters : { ...filters, [counted]: undefined };
  const [own, later] = [conditionsOfRun('r', filters), conditionsOfRun('l', selecting)];
  const judged = Object.entries(JUDGED).flatMap(([name, column]) => {
    const value = filters[name as keyof typeof JUDGED];
    if (value === undefined) return [];
    return [value === '' ? Prisma.sql`${column} IS NULL` : Prisma.sql`${column} = ${value}`];
  });
  const conditions = [
    ...[Prisma.sql`r."board" = b."number"`, READ('r'), ...own, ...judged],
    ...(readFrom === undefined ? [] : [Prisma.sql`r."startedAt" >= ${readFrom}`]),
    ...(readTo === undefined ? [] : [Prisma.sql`r."startedAt" < ${readTo}`]),
  ];
  const after = [Prisma.sql`l."board" = r."board" AND l."sequence" > r."sequence"`, READ('l'), ...later];
  return [
    ...(state === 'held' ? [Prisma.sql`b."heldAbout" IN ('identity', 'cohort')`] : []),
    Prisma.sql`EXISTS (SELECT 1 FROM "Run" r LEFT JOIN "Reassessment" a ON a."runId" = r."id"
      WHERE ${Prisma.join(conditions, ' AND ')}
        AND NOT EXISTS (SELECT 1 FROM "Run" l WHERE ${Prisma.join(after, ' AND ')}))`,
  ];
}
