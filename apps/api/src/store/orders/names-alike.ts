import type { Reader } from '../../persistence/database.ts';

/**
 * Names of orders and recipes that are one of these forms, case and blanks apart; `most` at most. By
 * `WorkOrder_folded_idx` and `Recipe_folded_idx`.
 */
export async function namesAlike(reader: Reader, forms: readonly string[], most: number): Promise<string[]> {
  const given = JSON.stringify(forms);
  const rows = await reader.$queryRaw<{ name: string }[]>`
    SELECT "id" AS "name" FROM "WorkOrder"
    WHERE lower(replace("id", ' ', '')) IN (SELECT "value" FROM json_each(${given}))
    UNION SELECT "name" FROM "Recipe"
    WHERE lower(replace("name", ' ', '')) IN (SELECT "value" FROM json_each(${given}))
    LIMIT ${most}`;
  return rows.map(({ name }) => name);
}
