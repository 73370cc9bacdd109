import type { Database } from 'better-sqlite3';
import type { ChainReport } from './verify-chain.ts';

/** What a run is when it starts → where its start in the chain states it. It has no digest until it ends. */
const STATED: readonly string[] = ['jobId', 'slot', 'workOrder', 'serial', 'imageSha256', 'startedAt'];

const DIFFERING = STATED.map(
  (column) =>
    `WHEN json_type(begun."data", '$.${column}') IS NOT NULL
      AND run."${column}" IS NOT json_extract(begun."data", '$.${column}') THEN '${column}'`,
).join(' ');

/** Runs at work without their start in the chain, or that are otherwise than it states. There is one a slot. */
const STRANGERS = `SELECT * FROM (
  SELECT run."id" AS run, begun."id" AS event, CASE WHEN begun."id" IS NULL THEN 'start' ${DIFFERING} END AS differs
  FROM "Run" run LEFT JOIN "Event" begun ON begun."subject" = 'run/' || run."id" AND begun."type" = 'run.started'
  WHERE run."outcome" IS NULL
) WHERE differs IS NOT NULL LIMIT 1`;

interface Stranger {
  readonly run: string;
  readonly event: number | null;
  readonly differs: string;
}

/** Holds runs that have not ended against their starts in the chain: the next start of the station ends them as they are. */
export function openRunsBesideChain(database: Database, lastId: number): ChainReport['firstBad'] {
  const stranger = database.prepare(STRANGERS).get() as Stranger | undefined;
  if (!stranger) return null;
  const { run, event, differs } = stranger;
  return event === null
    ? {
        id: lastId,
        says: `is the last, and none starts run ${run}, which the table of runs shows as at work`,
      }
    : { id: event, says: `states another ${differs} of run ${run} than the table of runs shows` };
}
