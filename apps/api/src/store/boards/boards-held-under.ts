import type { Transaction } from '../../persistence/database.ts';

/** Numbers of boards that are held because they came under this serial; two at most. By `Board_state_idx` and `RecordFinding_board_idx`. */
export async function boardsHeldUnder(transaction: Transaction, serial: string): Promise<number[]> {
  const rows = await transaction.$queryRaw<{ board: number | bigint }[]>`
    SELECT DISTINCT f."board" FROM "Board" b CROSS JOIN "RecordFinding" f ON f."board" = b."number"
    WHERE b."state" = 'held' AND f."policy" = 'hold' AND f."serial" = ${serial} LIMIT 2`;
  return rows.map(({ board }) => Number(board));
}
