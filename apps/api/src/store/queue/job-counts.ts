import type { Reader } from '../../persistence/database.ts';

/** Units of a job in one state, or runs of it that have one outcome. */
export interface JobCountRow {
  readonly jobId: string;
  /** Of units; null in a row that counts runs. */
  readonly state: string | null;
  /** Of runs that ended; null in a row that counts units, and for runs at work. */
  readonly outcome: string | null;
  readonly count: number;
}

/**
 * Counts the units and the runs of several jobs, without golden and known-bad boards that a unit was lent to. By
 * `JobUnit_jobId_state_idx`, `Run_jobId_idx` and `JobUnit_runId_idx`.
 */
export async function jobCounts(reader: Reader, ids: readonly string[]): Promise<JobCountRow[]> {
  const given = JSON.stringify(ids);
  const rows = await reader.$queryRaw<(Omit<JobCountRow, 'count'> & { count: number | bigint })[]>`
    SELECT u."jobId", u."state", NULL AS "outcome", COUNT(*) AS "count" FROM json_each(${given}) j
      CROSS JOIN "JobUnit" u ON u."jobId" = j."value" GROUP BY u."jobId", u."state"
    UNION ALL
    SELECT r."jobId", NULL, r."outcome", COUNT(*) FROM json_each(${given}) k
      CROSS JOIN "Run" r ON r."jobId" = k."value"
      WHERE r."reference" IS NULL OR EXISTS (SELECT 1 FROM "JobUnit" o WHERE o."runId" = r."id")
      GROUP BY r."jobId", r."outcome"`;
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}
