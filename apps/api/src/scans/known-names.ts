import { fold, nearForms } from '@boardwalk/work';
import type { Reader } from '../persistence/database.ts';
import { namesAlike } from '../store/orders/names-alike.ts';

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
  const names = await namesAlike(reader, forms, MOST_OFFERED + 1);
  const alike = others.filter((other) => forms.includes(fold(other)));
  return [...names, ...alike].filter((name) => name !== code).slice(0, MOST_OFFERED);
}
