import type { Patch, SerialFormat, SerialRule } from '@boardwalk/contracts';
import type { RangeOfRule, ResolvedRule } from '@boardwalk/work';
import type { Database, Transaction } from '../persistence/database.ts';
import type { Choice } from './scan-turn.ts';

type Reader = Database | Transaction;

const NO_RULE: ResolvedRule = { rule: null, range: null };

/** The rule for the serials of what an operator chose: the order's; from the range that its recipe writes, where it has none. */
export async function ruleOf(reader: Reader, { workOrder, recipe }: Choice): Promise<ResolvedRule> {
  if (workOrder === null)
    return recipe === null ? NO_RULE : ranged(reader, null, await rangeOf(reader, recipe));
  const order = await reader.workOrder.findUnique({ where: { id: workOrder } });
  if (!order) return NO_RULE;
  const rule = order.serialRule === null ? null : (JSON.parse(order.serialRule) as SerialRule);
  const name = rule ? rule.range : await rangeOf(reader, order.recipeName, order.recipeRevision);
  return ranged(reader, rule, name);
}

async function ranged(reader: Reader, rule: SerialRule | null, name?: string): Promise<ResolvedRule> {
  const row = name === undefined ? null : await reader.serialRange.findUnique({ where: { name } });
  if (!row) return { rule, range: null };
  const format = row.format === null ? null : (JSON.parse(row.format) as SerialFormat);
  const range: RangeOfRule = { name: row.name, format, first: row.first, last: row.last };
  return { rule, range };
}

/** The range whose first number is the serial of the board. */
async function rangeOf(reader: Reader, name: string, revision?: number): Promise<string | undefined> {
  const row = await reader.recipe.findFirst({
    where: { name, ...(revision === undefined ? {} : { revision }) },
    orderBy: { revision: 'desc' },
    select: { patches: true },
  });
  const patches = row === null ? [] : (JSON.parse(row.patches) as Patch[]);
  return patches.flatMap((patch) => (patch.from === 'range' ? [patch.range] : []))[0];
}

/** Whether a list has a serial; a counter says so by its format. */
export async function isInList(reader: Reader, { range }: ResolvedRule, serial: string): Promise<boolean> {
  if (range === null || range.format !== null) return true;
  return (await reader.serial.findUnique({ where: { value: serial } }))?.range === range.name;
}
