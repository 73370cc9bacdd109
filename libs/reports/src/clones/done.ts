import type { CloneBoard } from './board.ts';

/** The treatment of a board that differs. */
export const DONE = ['flashed', 'accepted', 'held', 'rejected', 'refused', 'not-flashed'] as const;
export type Done = (typeof DONE)[number];

/** A run that ended because its recipe rejects chips that differ. */
const REJECTED_BY_RECIPE = 'identity-differs';

/**
 * flashed: the recipe's policy accepted it, and nobody was asked; accepted, rejected, refused: a person decided, or the
 * recipe rejects such boards; held: it waits for a decision; not-flashed: none of these, and it never passed.
 */
export function doneWith({ state, decision, passedAt, lastReason }: CloneBoard): Done {
  if (state === 'held') return 'held';
  if (state === 'rejected' || decision?.decision === 'reject') return 'rejected';
  if (decision?.decision === 'refuse') return 'refused';
  if (decision?.decision === 'accept') return 'accepted';
  if (passedAt !== null) return 'flashed';
  return lastReason === REJECTED_BY_RECIPE ? 'rejected' : 'not-flashed';
}

/** The board passed, and left, before anybody had decided about it. */
export function leftBefore({ decision, passedAt }: CloneBoard): boolean {
  return passedAt !== null && (decision === null || decision.sequence > passedAt);
}
