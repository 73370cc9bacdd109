import type { Transaction } from '../../persistence/database.ts';

/** A board's latest attempt in one order. */
export interface OrderTally {
  workOrder: string;
  board: number;
  lastRun: string;
  lastSequence: number;
  lastOutcome: string;
  counts: boolean;
}

/** A board in an order. */
export type OrderBoardKey = readonly [workOrder: string, board: number];

/** The kept latest attempts of boards in orders. By the primary key of `OrderBoard`. */
export function orderTallies(
  transaction: Transaction,
  keys: readonly OrderBoardKey[],
): Promise<OrderTally[]> {
  return transaction.$queryRawUnsafe<OrderTally[]>(
    `SELECT DISTINCT o.* FROM json_each(?) k CROSS JOIN "OrderBoard" o
        ON o."workOrder" = json_extract(k."value", '$[0]') AND o."board" = json_extract(k."value", '$[1]')`,
    JSON.stringify(keys),
  );
}
