import { BUILT_IN_RECIPE } from '@boardwalk/contracts';
import type { Database, Transaction } from '../persistence/database.ts';
import type { Prisma } from '../persistence/gen/client.ts';

const PREFIX = 'DEMO-';
/** Orders of the demo that lists show. */
const SHOWN = 5;

export const demoOrderId = (number: number): string => `${PREFIX}${number}`;

/** The number of the newest order that the demo of any start has made; 0: none. */
export async function newestDemoNumber(reader: Database | Transaction): Promise<number> {
  const [row] = await reader.$queryRaw<{ newest: number | bigint | null }[]>`
    SELECT MAX(CAST(SUBSTR("id", 6) AS INTEGER)) AS "newest" FROM "WorkOrder"
    WHERE "id" GLOB 'DEMO-[0-9]*' AND "recipeName" = ${BUILT_IN_RECIPE}`;
  return Number(row?.newest ?? 0);
}

/**
 * What lists leave out: an endless demo's orders but the newest. They stay in the record, and each is found by its id.
 */
export async function withoutOldDemoOrders(
  reader: Database | Transaction,
): Promise<Prisma.WorkOrderWhereInput> {
  const newest = await newestDemoNumber(reader);
  const shown = Array.from({ length: SHOWN }, (_, back) => demoOrderId(newest - back));
  return { NOT: { id: { startsWith: PREFIX, notIn: shown }, recipeName: BUILT_IN_RECIPE } };
}
