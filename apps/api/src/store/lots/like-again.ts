import type { Transaction } from '../../persistence/database.ts';

/** No board of a lot is unlike it any more. */
export async function likeAgain(transaction: Transaction, lot: string): Promise<void> {
  await transaction.$executeRaw`UPDATE "LotBoard" SET "unlike" = NULL WHERE "lot" = ${lot} AND "unlike" IS NOT NULL`;
}
