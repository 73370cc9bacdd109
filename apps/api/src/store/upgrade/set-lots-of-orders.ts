import type { Transaction } from '../../persistence/database.ts';

/** Gives some runs the lot and the supplier of their order. By the primary keys of `Run` and `WorkOrder`. */
export async function setLotsOfOrders(transaction: Transaction, runs: readonly string[]): Promise<void> {
  await transaction.$executeRawUnsafe(
    `UPDATE "Run" SET "lot" = w."lot", "supplier" = w."supplier" FROM "WorkOrder" w
      WHERE w."id" = "Run"."workOrder" AND "Run"."id" IN (SELECT "value" FROM json_each(?))`,
    JSON.stringify(runs),
  );
}
