import { placeIn, type OrderFacts, type OrderPlace } from '@boardwalk/work';
import type { Database, Transaction } from '../persistence/database.ts';
import { Prisma } from '../persistence/gen/client.ts';

type Reader = Database | Transaction;

/**
 * Boards of the order `w` whose latest attempt in it is PASS. While runs of an earlier version are being counted every
 * PASS run counts for one, so that the number can only be too large.
 */
export const BOARDS_PASSED = Prisma.sql`(CASE
  WHEN (SELECT g."done" FROM "Upgrade" g WHERE g."name" = 'boards') THEN w."passed"
  ELSE (SELECT COUNT(*) FROM "Run" p WHERE p."workOrder" = w."id" AND p."outcome" = 'PASS')
END)`;

/** Boards of the order `w` at work that take a place: no reference board, and none that is counted as passed. */
export const PLACES_AT_WORK = Prisma.sql`(SELECT COUNT(*) FROM "Run" r
  WHERE r."workOrder" = w."id" AND r."outcome" IS NULL AND r."reference" IS NULL AND NOT EXISTS (
    SELECT 1 FROM "OrderBoard" o
    WHERE o."workOrder" = r."workOrder" AND o."board" = r."board" AND o."counts" AND o."lastOutcome" = 'PASS'
  ))`;

/** How the boards of an order are counted. */
export interface OrderCounts {
  readonly passed: number;
  readonly running: number;
  /** Of those at work, the boards that are not counted as passed. */
  readonly atWork: number;
  /** Boards that a person has replaced by others. */
  readonly replaced: number;
}

export async function orderCounts(reader: Reader, ids: readonly string[]): Promise<Map<string, OrderCounts>> {
  const rows = await reader.$queryRaw<CountRow[]>(Prisma.sql`
    SELECT w."id", ${BOARDS_PASSED} AS "passed", ${PLACES_AT_WORK} AS "atWork",
      (SELECT COUNT(*) FROM "Run" x WHERE x."workOrder" = w."id" AND x."outcome" IS NULL) AS "running",
      (SELECT COUNT(*) FROM "OrderBoard" b WHERE b."workOrder" = w."id" AND NOT b."counts") AS "replaced"
    FROM json_each(${JSON.stringify(ids)}) i CROSS JOIN "WorkOrder" w ON w."id" = i."value"`);
  return new Map(
    rows.map(({ id, passed, running, atWork, replaced }) => [
      id,
      {
        ...{ passed: Number(passed), running: Number(running) },
        ...{ atWork: Number(atWork), replaced: Number(replaced) },
      },
    ]),
  );
}

type CountRow = { readonly id: string } & Readonly<Record<keyof OrderCounts, number | bigint>>;

/**
 * Whether an order takes one more board now: boards that passed in it count, and boards at work. A retest of a board
 * that passed counts once. Null: there is no such order.
 */
export async function placeInOrder(
  reader: Reader,
  id: string,
  now = new Date().toISOString(),
): Promise<OrderPlace | null> {
  const [row] = await reader.$queryRaw<PlaceRow[]>(Prisma.sql`
    SELECT w."state", w."quantity", w."notBefore", w."notAfter",
      ${BOARDS_PASSED} AS "passed", ${PLACES_AT_WORK} AS "running"
    FROM "WorkOrder" w WHERE w."id" = ${id}`);
  if (!row) return null;
  const { state, notBefore, notAfter } = row;
  const [quantity, passed, running] = [Number(row.quantity), Number(row.passed), Number(row.running)];
  return placeIn({ id, state, quantity, passed, running, notBefore, notAfter }, now);
}

type PlaceRow = Pick<OrderFacts, 'state' | 'notBefore' | 'notAfter'> &
  Readonly<Record<'quantity' | 'passed' | 'running', number | bigint>>;
