import { placeIn, type OrderPlace } from '@boardwalk/work';
import type { Reader } from '../persistence/database.ts';
import { orderRoom } from '../store/orders/order-room.ts';

/**
 * Whether an order takes one more board now: boards that passed in it count, and boards at work. A retest of a board
 * that passed counts once. Null: there is no such order.
 */
export async function placeInOrder(
  reader: Reader,
  id: string,
  now = new Date().toISOString(),
): Promise<OrderPlace | null> {
  const facts = await orderRoom(reader, id);
  return facts && placeIn({ id, ...facts }, now);
}
