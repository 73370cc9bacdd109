import type { Database } from 'better-sqlite3';

/** Rows that an event began → the type of that event. */
const BEGUN_BY = { Run: 'run.started', Job: 'job.created' } as const;

/**
 * Gives runs and jobs of an earlier version their place in the record: the id of the event that began them. A row
 * without one is older than every event, in the order of its time. Call after unlinked rows were sealed, which numbers
 * events anew. Once, in one transaction.
 */
export function numberOldRows(database: Database): void {
  const number = database.transaction(() => {
    for (const [table, type] of Object.entries(BEGUN_BY)) {
      if (!isNumbered(database, table) || !hasOldRows(database, table)) continue;
      database
        .prepare(
          `UPDATE "${table}" SET "sequence" = begun.id ${table === 'Job' ? ', "author" = begun.author' : ''}
            FROM (SELECT "id" AS id, json_extract("data", '$.id') AS row, nullif("actor", 'station') AS author
              FROM "Event" WHERE "type" = ?) AS begun
            WHERE "${table}"."id" = begun.row AND "${table}"."sequence" IS NULL`,
        )
        .run(type);
      numberStrangers(database, table, table === 'Run' ? 'startedAt' : 'createdAt');
    }
  });
  number.immediate();
}

/** A database of before has no such column. */
function isNumbered(database: Database, table: string): boolean {
  const columns = database.pragma(`table_info("${table}")`) as { name: string }[];
  return columns.some(({ name }) => name === 'sequence');
}

function hasOldRows(database: Database, table: string): boolean {
  return database.prepare(`SELECT 1 FROM "${table}" WHERE "sequence" IS NULL LIMIT 1`).get() !== undefined;
}

function numberStrangers(database: Database, table: string, time: string): void {
  const rows = database
    .prepare(`SELECT "id" FROM "${table}" WHERE "sequence" IS NULL ORDER BY "${time}", "id"`)
    .all() as { id: string }[];
  const update = database.prepare(`UPDATE "${table}" SET "sequence" = ? WHERE "id" = ?`);
  for (const [index, { id }] of rows.entries()) update.run(index - rows.length, id);
}
