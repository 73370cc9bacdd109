import { BEFORE_ALL } from '../lists/in-steps.ts';
import { recountLots } from '../lots/recount-lots.ts';
import type { Transaction } from '../persistence/database.ts';
import { TallyStore, addPassed } from './tally-store.ts';
import { emptyTally } from './tally.ts';
import { TALLIED, tallied } from './tallied-runs.ts';

/** Runs read at once: a board that checks the station may have thousands. */
const PAGE_ROWS = 500;

/** What a decision row says of a repair: the next run begins the board's next life. */
export const REPAIR = { about: 'board', decision: 'repaired' } as const;

/**
 * Counts a board from its runs, in the record's order: attempts, lives, orders, lots, first and last. Its reference mark and
 * its decisions apply to all of them. Call after runs, serials or decisions of the board changed.
 */
export async function recount(transaction: Transaction, number: number): Promise<void> {
  const { reference } = await transaction.board.findUniqueOrThrow({ where: { number } });
  const repairs = await transaction.decision.findMany({
    where: { board: number, decision: REPAIR.decision },
    select: { sequence: true },
  });
  const lifeAt = (sequence: number): number => 1 + repairs.filter((at) => at.sequence < sequence).length;
  await forget(transaction, number);
  const data = { ...emptyTally(number), life: repairs.length + 1 };
  await transaction.board.update({ where: { number }, data });
  for (let after = BEFORE_ALL; ;) {
    const rows = await transaction.run.findMany({
      where: { board: number, sequence: { gt: after } },
      orderBy: { sequence: 'asc' },
      take: PAGE_ROWS,
      select: TALLIED,
    });
    const placed = rows.map((row) => ({
      board: number,
      run: { ...tallied(row), reference, life: lifeAt(row.sequence!) },
    }));
    const store = await TallyStore.load(transaction, placed);
    for (const one of placed) {
      store.begin(one);
      store.end(one);
    }
    await store.save();
    if (rows.length < PAGE_ROWS) break;
    after = rows.at(-1)!.sequence!;
  }
  await recountLots(transaction, number);
}

/** Takes a board out of every count that is kept of it. */
async function forget(transaction: Transaction, board: number): Promise<void> {
  const passed = await transaction.orderBoard.findMany({
    where: { board, lastOutcome: 'PASS', counts: true },
    select: { workOrder: true },
  });
  await addPassed(transaction, new Map(passed.map(({ workOrder }) => [workOrder, -1])));
  await transaction.orderBoard.deleteMany({ where: { board } });
  await transaction.boardAttempts.deleteMany({ where: { board } });
}
