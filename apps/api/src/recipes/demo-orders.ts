import { BUILT_IN_RECIPE } from '@boardwalk/contracts';
import type { Database, Transaction } from '../persistence/database.ts';
import type { Prisma } from '../persistence/gen/client.ts';
import { newestDemoNumber } from '../store/orders/newest-demo-number.ts';

const PREFIX = 'DEMO-';
/** Orders of the demo that lists show. */
const SHOWN = 5;

export const demoOrderId = (number: number): string => `${PREFIX}${number}`;

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
