import type { Transaction } from '../../persistence/database.ts';
import { asJson, insertOf, type CellRow } from './cells.ts';

/**
 * Inserts rows of one shape in one statement; where a row with this key exists, its other columns are set. `key` is the
 * table's primary key or has a unique index.
 */
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
