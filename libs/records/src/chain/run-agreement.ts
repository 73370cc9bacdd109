import type { Database } from 'better-sqlite3';
import type { ChainReport } from './verify-chain.ts';

/** What the table of runs shows, and `board_log` with it → where the end of that run in the chain states the same. */
const STATED: Readonly<Record<string, string>> = {
  sequence: '$.sequence',
  outcome: '$.outcome',
  reason: '$.reason',
  serial: '$.serial',
  slot: '$.slot',
  jobId: '$.jobId',
  workOrder: '$.workOrder',
  operator: '$.operator',
  imageSha256: '$.imageSha256',
  imageFileSha256: '$.imageFileSha256',
  dumpBeforeSha256: '$.dumpBeforeSha256',
  dumpAfterSha256: '$.dumpAfterSha256',
  verifyMethod: '$.verify.method',
  probeSerial: '$.probeSerial',
  startedAt: '$.startedAt',
  finishedAt: '$.finishedAt',
};

/** The first versions wrote the type as the subject: there the run is named in the data. */
const ENDS = `SELECT "id", "data",
  CASE WHEN "subject" = "type" THEN 'run/' || json_extract("data", '$.id') ELSE "subject" END AS "subject"
  FROM "Event" WHERE "type" = 'run.completed'`;
/** Ends that an older version wrote may lack a field: what is not stated is not compared. */
const DIFFERING = Object.entries(STATED)
  .map(([column, path]) => {
    const field = path.split('.').slice(0, 2).join('.');
    const stated = `json_type(ended."data", '${field}') IS NOT NULL`;
    return `WHEN ${stated} AND run."${column}" IS NOT json_extract(ended."data", '${path}') THEN '${column}'`;
  })
  .join(' ');

/**
 * Each end of a run by the index of subjects, or one of the first versions by the index of what they did not name. The
 * signs keep SQLite from another index, and from an affinity that the index has not (sqlite.org/optoverview.html §8).
 */
const NAMED = `+ended."type" = 'run.completed' AND ended."subject" = 'run/' || run."id"`;
const UNNAMED = `ended."type" = 'run.completed' AND ended."subject" = ended."type"
  AND json_extract(ended."data", '$.id') = +run."id"`;
const BESIDE = [NAMED, UNNAMED]
  .map(
    (
      end,
    ) => `SELECT run."id" AS run, run."outcome" AS shown, ended."id" AS event, CASE ${DIFFERING} END AS differs
      FROM "Run" run CROSS JOIN "Event" ended ON ${end} WHERE run."outcome" IS NOT NULL`,
  )
  .join(' UNION ALL ');
const ENDLESS = `SELECT run."id" AS run, run."outcome" AS shown, NULL AS event, 'end' AS differs FROM "Run" run
  WHERE run."outcome" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "Event" ended WHERE ${NAMED})
    AND NOT EXISTS (SELECT 1 FROM "Event" ended WHERE ${UNNAMED})`;

/** Ended runs of the table without their end in the chain, or beside another one; the oldest end first. */
const STRANGERS = `SELECT * FROM (${BESIDE} UNION ALL ${ENDLESS}) WHERE differs IS NOT NULL ORDER BY event LIMIT 1`;

/** Ends in the chain of runs that the table does not show as ended, or not at all. */
const GONE = `SELECT ended."id" AS event, substr(ended."subject", 5) AS run
  FROM (${ENDS}) ended LEFT JOIN "Run" run ON run."id" = substr(ended."subject", 5)
  WHERE run."outcome" IS NULL ORDER BY event LIMIT 1`;

interface Stranger {
  readonly run: string;
  readonly shown: string;
  readonly event: number | null;
  readonly differs: string;
}

/**
 * Holds the table of runs, which people and reports read, against the ends of runs in a chain that was found whole:
 * who changed a row of it has not changed what the chain says.
 * @param lastId of the chain: what is named where it lacks a run's end altogether
 */
export function runsBesideChain(database: Database, lastId: number): ChainReport['firstBad'] {
  const gone = database.prepare(GONE).get() as (Pick<Stranger, 'run'> & { event: number }) | undefined;
  if (gone)
    return { id: gone.event, says: `ends run ${gone.run}, which the table of runs does not show as ended` };
  const stranger = database.prepare(STRANGERS).get() as Stranger | undefined;
  if (!stranger) return null;
  const { run, shown, event, differs } = stranger;
  if (event === null)
    return {
      id: lastId,
      says: `is the last, and none ends run ${run}, which the table of runs shows as ${shown}`,
    };
  return { id: event, says: `states another ${differs} of run ${run} than the table of runs shows` };
}
