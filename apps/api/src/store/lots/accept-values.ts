import type { Transaction } from '../../persistence/database.ts';

/** The values by which boards were unlike a lot are the lot's own from now on. */
export async function acceptValues(transaction: Transaction, lot: string, decision: number): Promise<void> {
  await transaction.$executeRaw`
    UPDATE "LotTrait" SET "acceptedBy" = ${decision}, "unlike" = 0 WHERE "lot" = ${lot} AND "acceptedBy" IS NULL
      AND ("trait", "value") IN (
        SELECT "trait", "value" FROM "CohortFinding" WHERE "lot" = ${lot} AND "against" = 'lot')`;
}
