import type { BoardQuery } from '@boardwalk/contracts';
import { joined, raw, sql, type Fragment } from './fragment.ts';
import { conditionsOfRun, type RunFilters } from './run-of-board.ts';

interface ReadingFilters
  extends RunFilters, Pick<BoardQuery, 'verdict' | 'resembles' | 'difference' | 'state'> {
  readonly counted: NonNullable<BoardQuery['counted']>;
  readonly readFrom: string | undefined;
  readonly readTo: string | undefined;
}

/** A run that read an identity, as the report of identities counts it. */
const READ = (run: 'r' | 'l'): Fragment =>
  raw(`${run}."verdict" IS NOT NULL AND ${run}."outcome" IS NOT NULL AND ${run}."reference" IS NULL`);

/** A verdict of newer rules, where the identity was judged again, goes before the one of the time. */
const JUDGED = {
  verdict: sql`coalesce(a."verdict", r."verdict")`,
  resembles: sql`CASE WHEN a."runId" IS NULL THEN r."resembles" ELSE a."resembles" END`,
  difference: sql`CASE WHEN a."runId" IS NULL THEN r."difference" ELSE a."difference" END`,
} as const;

/**
 * The condition that a board `b` counts in the report of identities: its latest reading of those that fit has the
 * verdict, and the value of the filter that `counted` names. Held is a board whose identity or lot waits for a decision.
 */
export function readingFits(filters: ReadingFilters): Fragment[] {
  const { counted, state, readFrom, readTo } = filters;
  const selecting = counted === 'true' ? filters : { ...filters, [counted]: undefined };
  const [own, later] = [conditionsOfRun('r', filters), conditionsOfRun('l', selecting)];
  const judged = Object.entries(JUDGED).flatMap(([name, column]) => {
    const value = filters[name as keyof typeof JUDGED];
    if (value === undefined) return [];
    return [value === '' ? sql`${column} IS NULL` : sql`${column} = ${value}`];
  });
  const conditions = [
    ...[sql`r."board" = b."number"`, READ('r'), ...own, ...judged],
    ...(readFrom === undefined ? [] : [sql`r."startedAt" >= ${readFrom}`]),
    ...(readTo === undefined ? [] : [sql`r."startedAt" < ${readTo}`]),
  ];
  const after = [sql`l."board" = r."board" AND l."sequence" > r."sequence"`, READ('l'), ...later];
  return [
    ...(state === 'held' ? [sql`b."heldAbout" IN ('identity', 'cohort')`] : []),
    sql`EXISTS (SELECT 1 FROM "Run" r LEFT JOIN "Reassessment" a ON a."runId" = r."id"
      WHERE ${joined(conditions, ' AND ')}
        AND NOT EXISTS (SELECT 1 FROM "Run" l WHERE ${joined(after, ' AND ')}))`,
  ];
}
