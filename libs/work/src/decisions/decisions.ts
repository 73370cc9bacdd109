import { BoardState, DecisionAbout, type DecisionName } from '@boardwalk/contracts';

/** What a person may decide about a board. */
export type { BoardState, DecisionAbout, DecisionName };

interface DecisionRule {
  readonly about: readonly DecisionAbout[];
  readonly from: readonly BoardState[];
  readonly becomes: 'free' | 'rejected';
  /** What becomes of the unit that waits for the board. */
  readonly unit: 'goes-on' | 'waits' | 'refused';
}

const ANY: readonly DecisionAbout[] = DecisionAbout.options;

/** Which decision is for what, from which state of the board, and where it leads. */
export const DECISIONS: Readonly<Record<DecisionName, DecisionRule>> = {
  'same-board': { about: ['record'], from: ['held'], becomes: 'free', unit: 'goes-on' },
  replaced: { about: ['record'], from: ['held'], becomes: 'free', unit: 'goes-on' },
  'duplicate-uid': {
    about: ['record'],
    from: BoardState.options,
    becomes: 'free',
    unit: 'goes-on',
  },
  accept: { about: ANY, from: ['held', 'rejected'], becomes: 'free', unit: 'goes-on' },
  reject: { about: ANY, from: ['free', 'held'], becomes: 'rejected', unit: 'waits' },
  refuse: { about: ANY, from: ['held'], becomes: 'free', unit: 'refused' },
};

/** Whether a decision is for this kind of doubt at all. */
export function isAbout(decision: DecisionName, about: DecisionAbout): boolean {
  return DECISIONS[decision].about.includes(about);
}

/** Why a decision does not fit the state that a board is in; null: it fits. */
export function misfitOf(
  { about, decision }: { readonly about: DecisionAbout; readonly decision: DecisionName },
  board: { readonly number: number; readonly state: BoardState; readonly heldAbout: string | null },
): string | null {
  const { from } = DECISIONS[decision];
  const { number, state, heldAbout } = board;
  if (!from.includes(state))
    return `Board ${number} is ${state}; "${decision}" is for a board that is ${from.join(' or ')}. Look at GET /boards/${number} first.`;
  if (state === 'held' && heldAbout !== null && heldAbout !== about)
    return `Board ${number} is held about ${heldAbout}, not about ${about}. Send "about": "${heldAbout}".`;
  return null;
}
