import { presentIds } from '../images/image-names.ts';
import type { Transaction } from '../persistence/database.ts';
import { attemptsTallies, type AttemptsTally } from '../store/boards/attempts-tallies.ts';
import { orderTallies, type OrderBoardKey, type OrderTally } from '../store/boards/order-tallies.ts';
import { updateRows } from '../store/rows/update-rows.ts';
import { upsertRows } from '../store/rows/upsert-rows.ts';
import {
  countAttempt,
  countBegin,
  countEnd,
  isAttempt,
  recipeKey,
  type BoardTally,
  type TalliedRun,
} from './tally.ts';

/** A run, and the board that it is of. */
export interface Placed {
  readonly board: number;
  readonly run: TalliedRun;
}

const TALLY = {
  ...{ number: true, runs: true, attempts: true, passes: true, firstSequence: true, lastSequence: true },
  ...{ firstSeenAt: true, lastSeenAt: true, firstOutcome: true, lastOutcome: true, lastReason: true },
  ...{ lastRun: true, deviceId: true, dpidr: true, flashSizeKib: true, verdict: true, resembles: true },
  difference: true,
} as const;

/** The counts of some boards while a transaction adds runs to them: read at once, written at once. */
export class TallyStore {
  readonly boards = new Map<number, BoardTally>();
  readonly #attempts = new Map<string, AttemptsTally>();
  readonly #orders = new Map<string, OrderTally>();
  /** Orders' boards that passed and count, before and after: what an order's own number changes by. */
  readonly #passedBefore = new Map<string, boolean>();
  readonly #replaced = new Map<number, number>();
  /** Image ids of earlier versions → those of now. */
  #images: ReadonlyMap<string, string> = new Map();
  readonly #numbered = new Map<string, Record<string, string | number | null>>();

  private constructor(private readonly transaction: Transaction) {}

  /** Reads what is kept of the boards, recipes and orders of these runs. */
  static async load(transaction: Transaction, placed: readonly Placed[]): Promise<TallyStore> {
    const store = new TallyStore(transaction);
    const numbers = [...new Set(placed.map(({ board }) => board))];
    const rows = await transaction.board.findMany({ where: { number: { in: numbers } }, select: TALLY });
    for (const row of rows) store.boards.set(row.number, row);
    const images = placed.map(({ run }) => run.imageSha256);
    store.#images = await presentIds(transaction, images);
    const attempts = await attemptsTallies(
      transaction,
      placed.map(({ board, run }) => [board, run.life, recipeKey(run, store.#images)]),
    );
    for (const row of attempts) store.#attempts.set(attemptsKey(row), row);
    await store.#loadOrders(placed);
    const replaced = await transaction.decision.groupBy({
      by: ['board'],
      where: { board: { in: numbers }, decision: 'replaced' },
      _max: { sequence: true },
    });
    for (const { board, _max } of replaced) store.#replaced.set(board!, _max.sequence!);
    return store;
  }

  async #loadOrders(placed: readonly Placed[]): Promise<void> {
    const keys = placed.flatMap(({ board, run }): OrderBoardKey[] =>
      run.workOrder === null ? [] : [[run.workOrder, board]],
    );
    if (keys.length === 0) return;
    const rows = await orderTallies(this.transaction, keys);
    for (const row of rows) {
      this.#orders.set(orderKey(row), row);
      this.#passedBefore.set(orderKey(row), passes(row));
    }
  }

  begin({ board, run }: Placed): void {
    countBegin(this.boards.get(board)!, run);
    this.#keep(run, board, null);
  }

  /** Counts the end of a run. @returns its attempt, null where it is none */
  end({ board, run }: Placed): number | null {
    countEnd(this.boards.get(board)!, run);
    if (!isAttempt(run)) return this.#keep(run, board, null);
    const recipe = recipeKey(run, this.#images);
    const key = attemptsKey({ board, life: run.life, recipe });
    const attempts = countAttempt(this.#attempts.get(key), { board, recipe }, run);
    this.#attempts.set(key, attempts);
    if (run.workOrder !== null) this.#countInOrder(run.workOrder, board, run);
    return this.#keep(run, board, attempts.attempts);
  }

  #countInOrder(workOrder: string, board: number, { id, sequence, outcome }: TalliedRun): void {
    const counts = sequence > (this.#replaced.get(board) ?? 0);
    const row = { workOrder, board, lastRun: id, lastSequence: sequence, lastOutcome: outcome!, counts };
    this.#orders.set(orderKey(row), row);
  }

  #keep({ id, life, reference }: TalliedRun, board: number, attempt: number | null): number | null {
    this.#numbered.set(id, { id, board, life, reference, attempt });
    return attempt;
  }

  /** Writes the counts, the attempts' numbers and what the orders' numbers of passed boards change by. */
  async save(): Promise<void> {
    const { transaction } = this;
    await updateRows(
      transaction,
      'Board',
      'number',
      [...this.boards.values()].map((row) => ({ ...row })),
    );
    await upsertRows(
      transaction,
      'BoardAttempts',
      ['board', 'life', 'recipe'],
      [...this.#attempts.values()].map((row) => ({ ...row })),
    );
    const orders = [...this.#orders.values()];
    await upsertRows(
      transaction,
      'OrderBoard',
      ['workOrder', 'board'],
      orders.map((row) => ({ ...row })),
    );
    await updateRows(transaction, 'Run', 'id', [...this.#numbered.values()]);
    const changes = new Map<string, number>();
    for (const row of orders) {
      const change = Number(passes(row)) - Number(this.#passedBefore.get(orderKey(row)) ?? false);
      if (change !== 0) changes.set(row.workOrder, (changes.get(row.workOrder) ?? 0) + change);
    }
    await addPassed(transaction, changes);
  }
}

/** Changes the number of passed boards of some orders. */
export async function addPassed(
  transaction: Transaction,
  changes: ReadonlyMap<string, number>,
): Promise<void> {
  for (const [id, change] of changes)
    await transaction.workOrder.updateMany({ where: { id }, data: { passed: { increment: change } } });
}

function passes({ counts, lastOutcome }: OrderTally): boolean {
  return Boolean(counts) && lastOutcome === 'PASS';
}

function attemptsKey({ board, life, recipe }: Pick<AttemptsTally, 'board' | 'life' | 'recipe'>): string {
  return JSON.stringify([board, life, recipe]);
}

function orderKey({ workOrder, board }: Pick<OrderTally, 'workOrder' | 'board'>): string {
  return JSON.stringify([workOrder, board]);
}
