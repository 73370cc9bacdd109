import type { Transaction } from '../../persistence/database.ts';

/** Those of some serials that are not in the list of a range. By the primary key of `Serial`. */
export async function notInRange(
  transaction: Transaction,
  range: string,
  serials: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await transaction.$queryRaw<{ value: string }[]>`
      SELECT g."value" FROM json_each(${JSON.stringify(serials)}) g
      WHERE NOT EXISTS (SELECT 1 FROM "Serial" s WHERE s."value" = g."value" AND s."range" = ${range})`;
  return new Set(rows.map(({ value }) => value));
}
