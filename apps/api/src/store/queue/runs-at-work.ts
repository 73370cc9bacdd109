import type { Transaction } from '../../persistence/database.ts';
import { plainRow } from '../../persistence/plain-row.ts';

/** A run that has a slot now. */
export interface RunAtWork {
  readonly serial: string | null;
  /** The board's number; null before its chip was read. */
  readonly board: number | null;
  readonly jobId: string;
  readonly slot: string;
}

/** A board by its number or its serial, and the run that asks, which is left out. */
export interface AtWorkAsked {
  readonly board: number | null;
  readonly serial: string | null;
  readonly runId: string | null;
}

/** The runs at work of this board or under this serial: through the leases, one a slot, and the runs' primary key. */
export async function runsAtWork(
  transaction: Transaction,
  { board, serial, runId }: AtWorkAsked,
): Promise<RunAtWork[]> {
  const rows = await transaction.$queryRaw<object[]>`
          SELECT r."serial", r."board", r."jobId", r."slot" FROM "Lease" l CROSS JOIN "Run" r ON r."id" = l."runId"
          WHERE l."runId" NOT IN ('', ${runId ?? ''}) AND (r."board" = ${board} OR r."serial" = ${serial})`;
  return rows.map((row) => plainRow<RunAtWork>(row));
}
