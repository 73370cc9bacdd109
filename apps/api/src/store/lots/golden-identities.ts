import type { Transaction } from '../../persistence/database.ts';

/** The identity and verdict of each golden board of a recipe in its last run, as JSON. */
export interface GoldenIdentity {
  readonly identity: string;
  readonly assessment: string;
}

/** A recipe has a few golden boards; the ones marked last are compared. */
const MOST = 20;

export function goldenIdentities(transaction: Transaction, recipe: string): Promise<GoldenIdentity[]> {
  return transaction.$queryRaw<GoldenIdentity[]>`
    SELECT r."identity", r."assessment" FROM "Board" b CROSS JOIN "Run" r ON r."id" = b."lastRun"
    WHERE b."reference" = 'golden' AND b."reference" IS NOT NULL AND r."recipeName" = ${recipe}
      AND r."identity" IS NOT NULL AND r."assessment" IS NOT NULL
    ORDER BY b."number" DESC LIMIT ${MOST}`;
}
