import type { Transaction } from './database.ts';
import { pagesOf } from './pages.ts';

type Cell = string | number | boolean | null;
type CellRow = Readonly<Record<string, Cell>>;

/** What names may stand in a statement: they come from code, and are checked all the same. */
const NAME = /^[A-Za-z]\w*$/;

/**
 * Inserts rows of one shape in one statement, however many: what a group of requests shares costs them once.
 * The rows cross to SQLite as one JSON text.
 */
export async function insertRows(
  transaction: Transaction,
  table: string,
  rows: readonly CellRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await transaction.$executeRawUnsafe(insertOf(table, Object.keys(rows[0]!)), asJson(rows));
}

/** The same in several statements, between which the event loop has its turn: thousands of rows of one transaction. */
export async function insertInPages(
  transaction: Transaction,
  table: string,
  rows: readonly CellRow[],
): Promise<void> {
  for (const page of pagesOf(rows)) await insertRows(transaction, table, page);
}

/** The same, where a row with this key may exist: then its other columns are set. */
export async function upsertRows(
  transaction: Transaction,
  table: string,
  key: readonly string[],
  rows: readonly CellRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.keys(rows[0]!);
  const sets = columns.filter((name) => !key.includes(name)).map((name) => `"${name}" = excluded."${name}"`);
  const names = key.map((name) => `"${name}"`).join(', ');
  // WHERE TRUE: without it SQLite reads ON CONFLICT as a part of a join (sqlite.org/lang_upsert.html, "Parsing Ambiguity").
  const sql = `${insertOf(table, columns)} WHERE TRUE ON CONFLICT (${names}) DO UPDATE SET ${sets.join(', ')}`;
  await transaction.$executeRawUnsafe(sql, asJson(rows));
}

/** Sets columns of many rows, found by their key, in one statement. Rows that do not exist are left out. */
export async function updateRows(
  transaction: Transaction,
  table: string,
  key: string,
  rows: readonly CellRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.keys(rows[0]!);
  refuseOther([table, ...columns]);
  const value = (name: string): string => `json_extract(given."value", '$[${columns.indexOf(name)}]')`;
  const sets = columns.filter((name) => name !== key).map((name) => `"${name}" = ${value(name)}`);
  const sql = `UPDATE "${table}" SET ${sets.join(', ')} FROM json_each(?) given WHERE "${table}"."${key}" = ${value(key)}`;
  await transaction.$executeRawUnsafe(sql, asJson(rows));
}

function insertOf(table: string, columns: readonly string[]): string {
  refuseOther([table, ...columns]);
  const names = columns.map((name) => `"${name}"`).join(', ');
  const values = columns.map((_, index) => `json_extract("value", '$[${index}]')`).join(', ');
  return `INSERT INTO "${table}" (${names}) SELECT ${values} FROM json_each(?)`;
}

function refuseOther(names: readonly string[]): void {
  if (!names.every((name) => NAME.test(name))) throw new Error(`Bad name in ${names[0]}.`);
}

function asJson(rows: readonly CellRow[]): string {
  const columns = Object.keys(rows[0]!);
  return JSON.stringify(rows.map((row) => columns.map((name) => row[name])));
}
