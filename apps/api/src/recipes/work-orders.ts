import type { CreateWorkOrder, WorkOrder, WorkOrderQuery, WorkOrderState } from '@boardwalk/contracts';
import { Injectable } from '@nestjs/common';
import { EventLog } from '../events/event-log.ts';
import { behind, decodeCursor, pageOf, type Page } from '../lists/cursor.ts';
import { conflict, notFound } from '../problems/problems.ts';
import { endWaiting } from '../jobs/job-ends.ts';
import { utc } from '../jobs/job-rows.ts';
import { Database, type Transaction } from '../persistence/database.ts';
import type { WorkOrder as Row } from '../persistence/gen/client.ts';
import { withoutOldDemoOrders } from './demo-orders.ts';
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
export class WorkOrders {
  constructor(
    private readonly database: Database,
    private readonly recipes: RecipeBook,
    private readonly events: EventLog,
  ) {}

  async create({ id, recipe, quantity, lot, notBefore, notAfter }: CreateWorkOrder): Promise<WorkOrder> {
    return this.database.commit(async (transaction) => {
      const { name, revision } = await this.recipes.runnable(
        recipe.name,
        recipe.revision,
        '/recipe',
        transaction,
      );
      if (await transaction.workOrder.findUnique({ where: { id } })) {
        throw conflict('work-order-exists', `There is a work order "${id}" already.`);
      }
      const dates = { notBefore: utc(notBefore), notAfter: utc(notAfter) };
      const createdAt = new Date().toISOString();
      await transaction.workOrder.create({
        data: { id, recipeName: name, recipeRevision: revision, quantity, lot, createdAt, ...dates },
      });
      const order = await this.get(id, transaction);
      await this.events.change(transaction, 'work-order.added', order);
      return order;
    });
  }

  /** @throws ProblemException 404 */
  async get(id: string, reader: Reader = this.database): Promise<WorkOrder> {
    const row = await reader.workOrder.findUnique({ where: { id } });
    if (!row) throw notFound(`work order "${id}"`);
    return toWorkOrder(row, await progressOf(reader, [id]));
  }

  async list({ state, recipe, lot, limit, cursor }: WorkOrderQuery): Promise<Page<WorkOrder>> {
    const filter = {
      ...(state ? { state } : {}),
      ...(recipe ? { recipeName: recipe } : {}),
      ...(lot ? { lot } : {}),
    };
    const rows = await this.database.workOrder.findMany({
      where: {
        AND: [filter, await withoutOldDemoOrders(this.database), behind(decodeCursor(cursor), 'createdAt')],
      },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit + 1,
    });
    const progress = await progressOf(
      this.database,
      rows.map(({ id }) => id),
    );
    return pageOf(
      rows,
      limit,
      ({ createdAt, id }) => ({ at: createdAt, id }),
      (row) => toWorkOrder(row, progress),
    );
  }

  async act(id: string, action: WorkOrderAction, reason: string | undefined): Promise<WorkOrder> {
    const { order, events } = await this.database.commit(async (transaction) => {
      const before = await this.get(id, transaction);
      const { from, to } = ACTIONS[action];
      if (!(from as readonly WorkOrderState[]).includes(before.state)) {
        throw conflict(
          'wrong-state',
          `The work order is ${before.state}; only one that is ${from.join(' or ')} can be ${to}.`,
        );
      }
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

  /** After a board passed: an order that has them all is completed, and what still waits for it ends. */
  async settle(transaction: Transaction, id: string | null) {
    if (id === null) return [];
    const order = await this.get(id, transaction);
    if (order.passed < order.quantity || ENDED_ORDER.has(order.state)) return [];
    const reason = `All ${order.quantity} boards passed.`;
    await transaction.workOrder.update({ where: { id }, data: { state: 'completed', reason } });
    const ended = await endWaiting(transaction, this.events, { workOrder: id }, reason);
    const changed = await this.events.append(
      transaction,
      'work-order.changed',
      await this.get(id, transaction),
    );
    return [changed, ...ended];
  }
}

type Progress = ReadonlyMap<string, { passed: number; running: number }>;

async function progressOf(reader: Reader, ids: readonly string[]): Promise<Progress> {
  const groups = await reader.run.groupBy({
    by: ['workOrder', 'outcome'],
    where: { workOrder: { in: [...ids] } },
    _count: true,
  });
  const count = (id: string, outcome: string | null): number =>
    groups.find((group) => group.workOrder === id && group.outcome === outcome)?._count ?? 0;
  return new Map(ids.map((id) => [id, { passed: count(id, 'PASS'), running: count(id, null) }]));
}

function toWorkOrder(row: Row, progress: Progress): WorkOrder {
  const { id, recipeName: name, recipeRevision: revision, state, ...rest } = row;
  const { quantity, lot, reason, notBefore, notAfter, createdAt } = rest;
  const recipe = { name, revision };
  return {
    ...{ id, recipe, quantity, lot, state: state as WorkOrderState, reason, notBefore, notAfter, createdAt },
    ...progress.get(id)!,
  };
}
