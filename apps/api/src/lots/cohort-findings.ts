import type { CohortFinding } from '@boardwalk/contracts';
import type { CohortPolicy, Unlike } from '@boardwalk/identity';
import type { Transaction } from '../persistence/database.ts';

/** The run that showed it, on which board. `lot`: null where the run has none. */
export interface FoundIn {
  readonly lot: string | null;
  readonly board: number;
  readonly sequence: number;
  readonly runId: string;
  readonly against: CohortFinding['against'];
}

/** Keeps in what a board was unlike the others. The same of the same board, done the same way, is kept once. */
export async function keepUnlike(
  transaction: Transaction,
  found: FoundIn,
  unlike: readonly Unlike[],
  policy: CohortPolicy,
): Promise<void> {
  const { board, lot, against } = found;
  const known = await transaction.cohortFinding.findMany({ where: { board, lot, against, policy } });
  const foundAt = new Date().toISOString();
  for (const one of unlike) {
    if (known.some(({ trait, value }) => trait === one.trait && value === one.value)) continue;
    await transaction.cohortFinding.create({ data: { ...found, ...one, policy, foundAt } });
  }
}

/** Whether a person accepted that a board is unlike the others: the latest decision about it is true. */
export async function isCohortAccepted(transaction: Transaction, board: number): Promise<boolean> {
  const last = await transaction.decision.findFirst({
    where: { board, about: 'cohort' },
    orderBy: { sequence: 'desc' },
    select: { decision: true },
  });
  return last?.decision === 'accept';
}
