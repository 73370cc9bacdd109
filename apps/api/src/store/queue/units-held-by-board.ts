import type { Transaction } from '../../persistence/database.ts';

/** Units that wait for a decision about this board. By `JobUnit_waiting_board_idx`, which has such units alone. */
export async function unitsHeldByBoard(
  transaction: Transaction,
  board: number,
): Promise<{ readonly id: number; readonly jobId: string }[]> {
  const rows = await transaction.$queryRaw<{ id: number | bigint; jobId: string }[]>`
      SELECT "id", "jobId" FROM "JobUnit" WHERE "heldBoard" = ${board} AND "state" = 'queued'`;
  return rows.map(({ id, jobId }) => ({ id: Number(id), jobId }));
}
