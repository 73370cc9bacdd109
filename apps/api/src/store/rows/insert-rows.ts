import type { Transaction } from '../../persistence/database.ts';
import { pagesOf } from '../../persistence/pages.ts';
import { asJson, insertOf, type CellRow } from './cells.ts';

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
