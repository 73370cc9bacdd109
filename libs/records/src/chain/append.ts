import type { Database } from 'better-sqlite3';
import { COLUMNS, link, ORIGIN, type ChainRow, type Head, type Statement } from './chain-row.ts';

const INSERT = `INSERT INTO "Event" (${COLUMNS.map((column) => `"${column}"`).join(', ')})
  VALUES (${COLUMNS.map((column) => `@${column}`).join(', ')})`;

/** Adds rows handed over as one JSON array, in their order: one statement for however many. */
export const INSERT_ROWS = `INSERT INTO "Event" (${COLUMNS.map((column) => `"${column}"`).join(', ')})
  SELECT ${COLUMNS.map((column) => `json_extract("value", '$.${column}')`).join(', ')} FROM json_each(?)`;

/** The last row of the chain. */
export function headOf(database: Database): Head {
  const row = database
    .prepare('SELECT "id", "hash" FROM "Event" ORDER BY "id" DESC LIMIT 1')
    .safeIntegers(false)
    .get();
  return (row as Head | undefined) ?? ORIGIN;
}

/** Adds a row. Call within an immediate transaction, together with the change that it tells of. */
export function append(database: Database, statement: Statement): ChainRow {
  const row = link(headOf(database), statement);
  database.prepare(INSERT).run(row);
  return row;
}
