import type { Transaction } from '../../persistence/database.ts';

/** Shows on some boards the serial that each has now, the latest of several. By the boards' key and `BoardSerial_board_idx`. */
export async function showLatestSerials(transaction: Transaction, boards: readonly number[]): Promise<void> {
  await transaction.$executeRawUnsafe(
    `UPDATE "Board" SET "serial" = (
        SELECT s."serial" FROM "BoardSerial" s WHERE s."board" = "Board"."number" AND s."current"
        ORDER BY s."lastSequence" DESC LIMIT 1)
      WHERE "number" IN (SELECT "value" FROM json_each(?))`,
    JSON.stringify(boards),
  );
}
