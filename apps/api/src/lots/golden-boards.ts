import type { Assessment, Identity } from '@boardwalk/contracts';
import { identityTraits, NO_TRAITS, type CohortTraits } from '@boardwalk/identity';
import type { Transaction } from '../persistence/database.ts';
import { goldenIdentities } from '../store/lots/golden-identities.ts';

/** The traits that the golden boards of a recipe showed when they ran last. */
export async function goldenTraits(transaction: Transaction, recipe: string): Promise<CohortTraits[]> {
  const rows = await goldenIdentities(transaction, recipe);
  return rows.map(({ identity, assessment }) => ({
    ...NO_TRAITS,
    ...identityTraits(JSON.parse(identity) as Identity, JSON.parse(assessment) as Assessment),
  }));
}
