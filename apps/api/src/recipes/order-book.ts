import type {
  CreateWorkOrder,
  StationEvent,
  WorkOrder,
  WorkOrderQuery,
  WorkOrderState,
} from '@boardwalk/contracts';
import { lossAfterCompletion } from '@boardwalk/work';
import { Injectable } from '@nestjs/common';
import { callerNow } from '../events/caller.ts';
import { refuseQualityHold } from '../accounts/quality-hold.ts';
import { EventLog } from '../events/event-log.ts';
import { behind, decodeCursor, pageOf, type Page } from '../lists/cursor.ts';
import { invalid, refused } from '../problems/problems.ts';
import { endWaiting } from '../units/job-ends.ts';
import { utc } from '../units/job-rows.ts';
import { Database, type Transaction } from '../persistence/database.ts';
import type { WorkOrder as Row } from '../persistence/gen/client.ts';
import { withoutOldDemoOrders } from './demo-orders.ts';
import { orderCounts, type OrderCounts } from '../store/orders/order-counts.ts';
import { RecipeBook } from './recipe-book.ts';

type Reader = Database | Transaction;

/** States in which an order takes no more jobs and starts no more boards, for good. */
export const ENDED_ORDER: ReadonlySet<string> = new Set<WorkOrderState>(['completed', 'closed']);

/** Where an action may be taken from, and where it leads. Boards at work are finished in every case. */
const ACTIONS = {
  pause: { from: ['open'], to: 'paused' },
  hold: { from: ['open', 'paused'], to: 'held' },
  release: { from: ['paused', 'held'], to: 'open' },
  close: { from: ['open', 'paused', 'held'], to: 'closed' },
} as const satisfies Record<string, { from: readonly WorkOrderState[]; to: WorkOrderState }>;
export type WorkOrderAction = keyof typeof ACTIONS;

/** A recipe revision, a quantity and a lot. */
@Injectable()
export class OrderBook {
  constructor(
    private readonly database: Database,
    private readonly recipes: RecipeBook,
    private readonly events: EventLog,
  ) {}

  async create(body: CreateWorkOrder): Promise<WorkOrder> {
    const { id, recipe, quantity, lot, supplier, serialRule, notBefore, notAfter } = body;
    return this.database.commit(async (transaction) => {
      const { name, revision } = await this.recipes.runnable(
        recipe.name,
        recipe.revision,
        '/recipe',
        transaction,
      );
      if (await transaction.workOrder.findUnique({ where: { id } })) {
        throw refused('work-order-exists', { order: id });
      }
      const range = serialRule?.range;
      if (range !== undefined && !(await transaction.serialRange.findUnique({ where: { name: range } })))
        throw invalid('invalid:order-range', { range }, '/serialRule/range');
      const dates = { notBefore: utc(notBefore), notAfter: utc(notAfter) };
      const createdAt = new Date().toISOString();
      await transaction.workOrder.create({
        data: {
          ...{ id, recipeName: name, recipeRevision: revision, quantity, lot, supplier, createdAt, ...dates },
          serialRule: serialRule && JSON.stringify(serialRule),
          author: callerNow().actor,
        },
      });
      const order = await this.get(id, transaction);
      await this.events.change(transaction, 'work-order.added', order);
      return order;
    });
  }

  /** @throws ProblemException 404 */
  async get(id: string, reader: Reader = this.database): Promise<WorkOrder> {
    const row = await reader.workOrder.findUnique({ where: { id } });
    if (!row) throw refused('not-found:work-order', { id });
    return toWorkOrder(row, (await orderCounts(reader, [id])).get(id)!);
  }

  async list({ state, recipe, lot, supplier, limit, cursor }: WorkOrderQuery): Promise<Page<WorkOrder>> {
    const filter = {
      ...(state ? { state } : {}),
      ...(recipe ? { recipeName: recipe } : {}),
      ...(lot ? { lot } : {}),
      ...(supplier ? { supplier } : {}),
    };
    const rows = await this.database.workOrder.findMany({
      where: {
        AND: [filter, await withoutOldDemoOrders(this.database), behind(decodeCursor(cursor), 'createdAt')],
      },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit + 1,
    });
    const counts = await orderCounts(
      this.database,
      rows.map(({ id }) => id),
    );
    return pageOf(
      rows,
      limit,
      ({ createdAt, id }) => ({ at: createdAt, id }),
      (row) => toWorkOrder(row, counts.get(row.id)!),
    );
  }

  async act(id: string, action: WorkOrderAction, reason: string | undefined): Promise<WorkOrder> {
    const { order, events } = await this.database.commit(async (transaction) => {
      const before = await this.get(id, transaction);
      const { from, to } = ACTIONS[action];
      if (!(from as readonly WorkOrderState[]).includes(before.state)) {
        throw refused('wrong-state:order', { state: before.state, from: from.join(' or '), to });
      }
      if (action === 'release') await refuseQualityHold(transaction, `work-order/${id}`);
      await transaction.workOrder.update({ where: { id }, data: { state: to, reason: reason ?? null } });
      const ended =
        to === 'closed'
          ? await endWaiting(transaction, this.events, { workOrder: id }, `Work order "${id}" was closed.`)
          : [];
      const order = await this.get(id, transaction);
      return {
        order,
        events: [await this.events.append(transaction, 'work-order.changed', order), ...ended],
      };
    });
    this.events.publish(...events);
    return order;
  }

  /** The number of boards that have passed, before a run's end is counted: {@link settle} compares. */
  async passedIn(transaction: Transaction, id: string | null): Promise<number> {
    return id === null ? 0 : (await this.get(id, transaction)).passed;
  }

  /**
   * After a run ended: an order that has all its boards is completed, and what still waits for it ends, but for boards
   * that are tested again. It stays completed when a board fails later, and says so.
   */
  async settle(transaction: Transaction, id: string | null, passedBefore: number): Promise<StationEvent[]> {
    if (id === null) return [];
    const order = await this.get(id, transaction);
    if (ENDED_ORDER.has(order.state))
      return order.passed === passedBefore ? [] : [await this.changed(transaction, id)];
    if (order.passed < order.quantity) return [];
    const reason = `All ${order.quantity} boards passed.`;
    await transaction.workOrder.update({ where: { id }, data: { state: 'completed', reason } });
    const ended = await endWaiting(transaction, this.events, { workOrder: id }, reason, { keepAgain: true });
    return [await this.changed(transaction, id), ...ended];
  }

  async changed(transaction: Transaction, id: string): Promise<StationEvent> {
    return this.events.append(transaction, 'work-order.changed', await this.get(id, transaction));
  }
}

function toWorkOrder(row: Row, { passed, running, replaced }: OrderCounts): WorkOrder {
  const { id, recipeName: name, recipeRevision: revision, serialRule, ...rest } = row;
  const { quantity, lot, supplier, author, notBefore, notAfter, createdAt } = rest;
  const state = row.state as WorkOrderState;
  const loss = state === 'completed' ? lossAfterCompletion({ quantity, passed, replaced }) : null;
  return {
    ...{
      id,
      recipe: { name, revision },
      quantity,
      lot,
      supplier,
      author,
      state,
      notBefore,
      notAfter,
      createdAt,
    },
    ...{ passed, running },
    serialRule: serialRule === null ? null : (JSON.parse(serialRule) as WorkOrder['serialRule']),
    reason: loss ?? row.reason,
  };
}
