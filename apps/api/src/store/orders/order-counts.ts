import type { Reader } from '../../persistence/database.ts';
import { plainRow } from '../../persistence/plain-row.ts';
import { BOARDS_PASSED, PLACES_AT_WORK } from './counting.ts';

/** How the boards of an order are counted. */
export interface OrderCounts {
  readonly passed: number;
  readonly running: number;
  /** Of those at work, the boards that are not counted as passed. */
  readonly atWork: number;
  /** Boards that a person has replaced by others. */
  readonly replaced: number;
}

/** Counts the boards of some orders. By the orders' primary key, `Run_workOrder_outcome_idx` and the key of `OrderBoard`. */
export async function orderCounts(reader: Reader, ids: readonly string[]): Promise<Map<string, OrderCounts>> {
  const rows = await reader.$queryRaw<object[]>`
    SELECT w."id", ${BOARDS_PASSED} AS "passed", ${PLACES_AT_WORK} AS "atWork",
      (SELECT COUNT(*) FROM "Run" x
        WHERE x."workOrder" = w."id" AND x."outcome" IS NULL AND x."reference" IS NULL) AS "running",
      (SELECT COUNT(*) FROM "OrderBoard" b WHERE b."workOrder" = w."id" AND NOT b."counts") AS "replaced"
    FROM json_each(${JSON.stringify(ids)}) i CROSS JOIN "WorkOrder" w ON w."id" = i."value"`;
  return new Map(
    rows.map((row) => {
      const { id, ...counts } = plainRow<OrderCounts & { readonly id: string }>(row);
      return [id, counts];
    }),
  );
}
