import type { Reader } from '../../persistence/database.ts';

/** A unit that has a reason to tell. */
export interface UnitReasonRow {
  readonly jobId: string;
  readonly serial: string | null;
  readonly slot: string | null;
  readonly state: string;
  readonly reason: string;
  /** The number of the board that a person must decide about. */
  readonly heldBoard: number | null;
}

/** The units of several jobs that tell why they wait or ended, in their order. By `JobUnit_reason_idx`. */
export async function unitReasons(reader: Reader, jobs: readonly string[]): Promise<UnitReasonRow[]> {
  const rows = await reader.$queryRaw<
    (Omit<UnitReasonRow, 'heldBoard'> & { heldBoard: number | bigint | null })[]
  >`
    SELECT u."jobId", u."serial", u."slot", u."state", u."reason", u."heldBoard"
    FROM json_each(${JSON.stringify(jobs)}) j
    CROSS JOIN "JobUnit" u ON u."jobId" = j."value" AND u."reason" IS NOT NULL
    WHERE u."state" IN ('queued', 'refused', 'done') ORDER BY u."id"`;
  return rows.map((row) => ({ ...row, heldBoard: row.heldBoard === null ? null : Number(row.heldBoard) }));
}
