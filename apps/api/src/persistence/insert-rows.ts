import type { Transaction } from './database.ts';

type Cell = string | number | boolean | null;

/** What names may stand in a statement: they come from code, and are checked all the same. */
const NAME = /^[A-Za-z]\w*$/;

/**
 * Inserts rows of one shape in one statement, however many: what a group of requests shares costs them once.
 * The rows cross to SQLite as one JSON text.
 */
export async function insertRows(
  transaction: Transaction,
  table: string,
  rows: readonly Readonly<Record<string, Cell>>[],
): Promise<void> {
  if (rows.length > 0) await transaction.$executeRawUnsafe(...insertStatement(table, rows));
}

function insertStatement(
  table: string,
  rows: readonly Readonly<Record<string, Cell>>[],
): [sql: string, json: string] {
  const columns = Object.keys(rows[0]!);
  if (![table, ...columns].every((name) => NAME.test(name))) throw new Error(`Bad name in ${table}.`);
  const names = columns.map((name) => `"${name}"`).join(', ');
  const values = columns.map((_, index) => `json_extract("value", '$[${index}]')`).join(', ');
  const json = JSON.stringify(rows.map((row) => columns.map((name) => row[name])));
  return [`INSERT INTO "${table}" (${names}) SELECT ${values} FROM json_each(?)`, json];
}
