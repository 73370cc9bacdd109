import { LotDecisionName } from '@boardwalk/contracts';
import type { Transaction } from '../persistence/database.ts';

const ABOUT = { about: { in: ['identity', 'cohort'] }, decision: { in: [...LotDecisionName.options] } };
const LATEST = { orderBy: { sequence: 'desc' }, select: { decision: true } } as const;

/**
 * Whether a difference of a board's identity holds it no more: a person accepted it, of this board or of its lot, or
 * it is a reference board. The latest decision is true; the board goes before its lot.
 * @param board null where nothing tells it
 */
export async function acceptsIdentity(
  transaction: Transaction,
  board: number | null,
  lot: string | null,
): Promise<boolean> {
  if (board !== null) {
    const { reference } = await transaction.board.findUniqueOrThrow({ where: { number: board } });
    if (reference !== null) return true;
    const own = await transaction.decision.findFirst({ where: { board, ...ABOUT }, ...LATEST });
    if (own) return own.decision === 'accept';
  }
  if (lot === null) return false;
  const ofLot = await transaction.decision.findFirst({ where: { lot, board: null, ...ABOUT }, ...LATEST });
  return ofLot?.decision === 'accept';
}
