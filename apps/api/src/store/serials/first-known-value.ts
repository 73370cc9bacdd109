import type { Transaction } from '../../persistence/database.ts';

/** One of some values that a range has already, with the name of that range; null: none has. By the primary key of `Serial`. */
export async function firstKnownValue(
  transaction: Transaction,
  values: readonly string[],
): Promise<{ readonly value: string; readonly range: string } | null> {
  const [known] = await transaction.$queryRaw<{ value: string; range: string }[]>`
    SELECT "value", "range" FROM "Serial"
    WHERE "value" IN (SELECT "value" FROM json_each(${JSON.stringify(values)})) LIMIT 1`;
  return known ?? null;
}
