import { fold, nearForms } from '@boardwalk/work';
import type { Database, Transaction } from '../persistence/database.ts';

type Reader = Database | Transaction;

/** What a code is the name of. */
export interface KnownNames {
  readonly order: boolean;
  readonly recipe: boolean;
}

/** The order and the recipe that have exactly this name. */
export async function knownNames(reader: Reader, code: string): Promise<KnownNames> {
  const order = await reader.workOrder.findUnique({ where: { id: code }, select: { id: true } });
  const recipe = await reader.recipe.findFirst({ where: { name: code }, select: { name: true } });
  return { order: order !== null, recipe: recipe !== null };
}

/** Names that a sentence offers at most. */
const MOST_OFFERED = 3;

/** Orders and recipes that a code differs from only in case, blanks or keyboard layout, and codes of `others` so. */
export async function nearNames(reader: Reader, code: string, others: readonly string[]): Promise<string[]> {
  const forms = nearForms(code);
  const given = JSON.stringify(forms);
  const rows = await reader.$queryRaw<{ name: string }[]>`
    SELECT "id" AS "name" FROM "WorkOrder"
    WHERE lower(replace("id", ' ', '')) IN (SELECT "value" FROM json_each(${given}))
    UNION SELECT "name" FROM "Recipe"
    WHERE lower(replace("name", ' ', '')) IN (SELECT "value" FROM json_each(${given}))
    LIMIT ${MOST_OFFERED + 1}`;
  const alike = others.filter((other) => forms.includes(fold(other)));
  return [...rows.map(({ name }) => name), ...alike].filter((name) => name !== code).slice(0, MOST_OFFERED);
}
