import type { Transaction } from '../../persistence/database.ts';
import { asJson, refuseOther, type CellRow } from './cells.ts';

/**
 * Sets columns of many rows in one statement. Each row is found by `key`, which is the table's primary key or has a
 * unique index; rows that do not exist are left out.
 */
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
