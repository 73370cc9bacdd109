import type { Transaction } from '../../persistence/database.ts';

/** Makes the boards of these unique ids that do not exist. By `Board_uid_key`. */
export async function makeBoards(transaction: Transaction, uids: readonly string[]): Promise<void> {
  await transaction.$executeRawUnsafe(
    `INSERT INTO "Board" ("uid") SELECT "value" FROM json_each(?) WHERE TRUE ON CONFLICT ("uid") DO NOTHING`,
    JSON.stringify(uids),
  );
}
