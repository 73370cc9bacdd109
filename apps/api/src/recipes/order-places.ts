import { placeIn, type OrderFacts, type OrderPlace } from '@boardwalk/work';
import type { Database, Transaction } from '../persistence/database.ts';

type Reader = Database | Transaction;

/**
 * Whether an order takes one more board now: boards that passed in it count, and boards at work. A retest of a board
 * that passed counts once.
 */
export async function placeInOrder(
  reader: Reader,
  id: string,
  now = new Date().toISOString(),
): Promise<OrderPlace | null> {
  const row = await reader.workOrder.findUnique({ where: { id } });
  if (!row) return null;
  const { quantity, passed, notBefore, notAfter } = row;
  const running = (await placesAtWork(reader, [id])).get(id) ?? 0;
  const state = row.state as OrderFacts['state'];
  return placeIn({ id, state, quantity, passed, running, notBefore, notAfter }, now);
}

/** Boards at work that take a place: no reference board, and none that is counted as passed. */
async function placesAtWork(reader: Reader, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await reader.$queryRaw<{ workOrder: string; count: number | bigint }[]>`
    SELECT r."workOrder", COUNT(*) AS "count" FROM "Run" r
    WHERE r."workOrder" IN (SELECT "value" FROM json_each(${JSON.stringify(ids)}))
      AND r."outcome" IS NULL AND r."reference" IS NULL
      AND NOT EXISTS (
        SELECT 1 FROM "OrderBoard" o
        WHERE o."workOrder" = r."workOrder" AND o."board" = r."board" AND o."counts" AND o."lastOutcome" = 'PASS'
      )
    GROUP BY r."workOrder"`;
  return new Map(rows.map(({ workOrder, count }) => [workOrder, Number(count)]));
}

/** Boards at work in some orders, and those that a person replaced by others. */
export interface OrderCounts {
  readonly running: number;
  readonly replaced: number;
}

export async function orderCounts(reader: Reader, ids: readonly string[]): Promise<Map<string, OrderCounts>> {
  const workOrder = { in: [...ids] };
  const running = await reader.run.groupBy({
    by: ['workOrder'],
    where: { workOrder, outcome: null },
    _count: true,
  });
  const replaced = await reader.orderBoard.groupBy({
    by: ['workOrder'],
    where: { workOrder, counts: false },
    _count: true,
  });
  const of = (rows: readonly { workOrder: string | null; _count: number }[], id: string): number =>
    rows.find((row) => row.workOrder === id)?._count ?? 0;
  return new Map(ids.map((id) => [id, { running: of(running, id), replaced: of(replaced, id) }]));
}
