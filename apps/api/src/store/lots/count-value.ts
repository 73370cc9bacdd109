import type { CohortTrait } from '@boardwalk/identity';
import type { Transaction } from '../../persistence/database.ts';

/** The change of the numbers of one value in a lot. */
export interface ValueChange {
  readonly trait: CohortTrait;
  readonly value: string;
  readonly boards: number;
  readonly unlike: number;
}

/** Changes how many boards of a lot have a value, and how many of them are unlike the lot by it. */
export async function countValue(
  transaction: Transaction,
  lot: string,
  { trait, value, boards, unlike }: ValueChange,
): Promise<void> {
  await transaction.$executeRaw`
    INSERT INTO "LotTrait" ("lot", "trait", "value", "boards", "unlike")
    VALUES (${lot}, ${trait}, ${value}, ${boards}, ${unlike})
    ON CONFLICT ("lot", "trait", "value")
    DO UPDATE SET "boards" = "boards" + excluded."boards", "unlike" = "unlike" + excluded."unlike"`;
}
