import type { CohortTrait } from '@boardwalk/identity';
import { Prisma } from '../../persistence/gen/client.ts';
import type { Transaction } from '../../persistence/database.ts';
import { plainRow } from '../../persistence/plain-row.ts';

/** One value of a trait in a lot, and how many boards have it. */
export interface LotValue {
  readonly trait: CohortTrait;
  readonly value: string;
  readonly boards: number;
  /** Of them, those that were unlike the lot by it. */
  readonly unlike: number;
  readonly acceptedBy: number | null;
}

/** A lot has a few values of a trait; words that were read wrongly may add many, which are rare. */
const MOST_VALUES = 64;

/** The most frequent values of each trait in a lot: as many rows however many boards the lot has. */
export async function usualValues(
  transaction: Transaction,
  lot: string,
  traits: readonly CohortTrait[],
): Promise<LotValue[]> {
  const each = traits.map(
    (trait) => Prisma.sql`SELECT * FROM (
      SELECT "trait", "value", "boards", "unlike", "acceptedBy" FROM "LotTrait"
      WHERE "lot" = ${lot} AND "trait" = ${trait} ORDER BY "boards" DESC LIMIT ${MOST_VALUES})`,
  );
  const rows = await transaction.$queryRaw<LotValue[]>(Prisma.join(each, ' UNION ALL '));
  return rows.map((row) => plainRow<LotValue>(row));
}
