import { Injectable } from '@nestjs/common';
import { serialWork } from '../jobs/work-facts.ts';
import { placeInOrder } from '../recipes/order-places.ts';
import { liveReservations } from '../store/queue/live-reservations.ts';
import type { ScanTurn } from './scan-turn.ts';

/** Whether the chosen order has a place for one more scanned board, counting boards that slots are kept for. */
@Injectable()
export class OrderRoom {
  /** Why the order takes no board; null: it does, or nothing is counted. A retest of a passed board takes no place. */
  async barOf(turn: ScanTurn, serial: string | null): Promise<string | null> {
    const { transaction, choice, now } = turn;
    const id = choice.workOrder;
    if (id === null) return null;
    const place = await placeInOrder(transaction, id, now);
    if (!place) return `There is no work order ${id} any more. Scan another.`;
    const lacksPlaces = !place.open && (place.why === 'full' || place.why === 'completed');
    if (!place.open && !lacksPlaces) return place.sentence;
    if (choice.again !== null && serial !== null && (await this.#retests(turn, id, serial))) return null;
    if (!place.open) return place.sentence;
    return (await this.left(turn)) > 0
      ? null
      : `All places of work order ${id} are taken: ${place.passed} of ${place.of} passed, the others are at work or kept. Wait for them, or choose another order.`;
  }

  /** The number of boards that the order can still start; none is counted without an order. */
  async left({ transaction, choice, now }: ScanTurn): Promise<number> {
    const id = choice.workOrder;
    if (id === null) return Infinity;
    const order = await transaction.workOrder.findUniqueOrThrow({ where: { id } });
    const atWork = await transaction.run.count({ where: { workOrder: id, outcome: null, again: null } });
    const kept = await liveReservations(transaction, now);
    const units = await transaction.jobUnit.count({
      where: { id: { in: kept.map(({ unitId }) => unitId) }, again: null, job: { workOrder: id } },
    });
    return order.quantity - order.passed - atWork - units;
  }

  async #retests({ transaction }: ScanTurn, workOrder: string, serial: string): Promise<boolean> {
    const order = await transaction.workOrder.findUniqueOrThrow({ where: { id: workOrder } });
    const { recipeName, recipeRevision } = order;
    const work = await serialWork(transaction, [serial], { workOrder, recipeName, recipeRevision });
    return work(serial).passedAt !== null || work(serial).inOrder;
  }
}
