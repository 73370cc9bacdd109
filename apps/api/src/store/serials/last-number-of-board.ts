import type { Transaction } from '../../persistence/database.ts';

/**
 * The value of a range that an earlier run of this board was given last; null: none was. By `Run_board_sequence_idx` and
 * `Serial_runId_idx`.
 */
export async function lastNumberOfBoard(
  transaction: Transaction,
  range: string,
  board: number,
): Promise<string | null> {
  const [found] = await transaction.$queryRaw<{ value: string }[]>`
    SELECT s."value" FROM "Run" r CROSS JOIN "Serial" s ON s."runId" = r."id" AND s."range" = ${range}
    WHERE r."board" = ${board} ORDER BY r."sequence" DESC LIMIT 1`;
  return found?.value ?? null;
}
