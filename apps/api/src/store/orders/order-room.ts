import type { OrderFacts } from '@boardwalk/work';
import type { Reader } from '../../persistence/database.ts';
import { plainRow } from '../../persistence/plain-row.ts';
import { BOARDS_PASSED, PLACES_AT_WORK } from './counting.ts';

/** An order's state, quantity and dates, and its boards that passed and that run; null: there is no such order. */
export async function orderRoom(reader: Reader, id: string): Promise<Omit<OrderFacts, 'id'> | null> {
  const [row] = await reader.$queryRaw<object[]>`
    SELECT w."state", w."quantity", w."notBefore", w."notAfter",
      ${BOARDS_PASSED} AS "passed", ${PLACES_AT_WORK} AS "running"
    FROM "WorkOrder" w WHERE w."id" = ${id}`;
  return row ? plainRow<Omit<OrderFacts, 'id'>>(row) : null;
}
