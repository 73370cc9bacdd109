import type { Assessment, Identity } from '@boardwalk/contracts';
import { identityTraits } from '@boardwalk/identity';
import type { Transaction } from '../persistence/database.ts';
import { latestInLots, type LatestInLot } from '../store/lots/latest-in-lots.ts';
import { keep, keptIn, NOTHING_KEPT, recount } from './lot-counts.ts';

/**
 * Counts a board again in the lots that it was run in: after its runs moved, or after it became a reference board, which
 * is in no lot. The times that its runs measured stay as they are.
 */
export async function recountLots(transaction: Transaction, board: number): Promise<void> {
  const rows = await transaction.lotBoard.findMany({ where: { board } });
  const latest = await latestInLots(transaction, board);
  const left = new Map(rows.map((row) => [row.lot, row]));
  for (const run of latest) {
    const row = left.get(run.lot);
    left.delete(run.lot);
    await again(transaction, { ...run, board }, row ? keptIn(row) : NOTHING_KEPT);
  }
  for (const [lot, row] of left) {
    await recount(transaction, lot, keptIn(row), NOTHING_KEPT);
    await transaction.lotBoard.delete({ where: { lot_board: { lot, board } } });
  }
}

async function again(
  transaction: Transaction,
  { lot, board, sequence, identity, assessment }: LatestInLot & { readonly board: number },
  before: typeof NOTHING_KEPT,
): Promise<void> {
  const shown = identityTraits(JSON.parse(identity) as Identity, JSON.parse(assessment) as Assessment);
  const traits = { ...before.traits, ...shown };
  const unlike = before.unlike.filter((trait) => before.traits[trait] === traits[trait]);
  await keep(transaction, { lot, board, sequence }, before, { traits, unlike });
}
