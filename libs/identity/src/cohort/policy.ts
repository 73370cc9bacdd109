import type { CohortFinding, OnCohortChange } from '@boardwalk/contracts';
import { COHORT_TRAITS } from './traits.ts';
import type { Unlike } from './compare.ts';

/** The action on a board that is unlike the others. */
export type CohortPolicy = CohortFinding['policy'];

interface Asked {
  /** Of the recipe. */
  readonly onCohortChange: OnCohortChange;
  /** The board of the lot before this one was unlike the lot too. */
  readonly secondInRow: boolean;
  /** A person accepted this board. */
  readonly accepted: boolean;
}

/** A board that is unlike the others is noted if it is alone, and held if it is the second in a row. */
export function cohortPolicy({ onCohortChange, secondInRow, accepted }: Asked): CohortPolicy {
  if (accepted) return 'accept';
  return onCohortChange === 'hold' && secondInRow ? 'hold' : 'note';
}

/** One sentence for the board's record. `others`: who the board is compared with, such as "lot B7". */
export function cohortSentence(others: string, unlike: readonly Unlike[]): string {
  const parts = unlike.map(
    ({ trait, read, expected, boards, of }) =>
      `${COHORT_TRAITS[trait].called} reads ${read}, and ${boards} of ${of} read ${expected}`,
  );
  return `Unlike ${others}: ${parts.join('; ')}.`;
}
