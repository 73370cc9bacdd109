import type { Database } from 'better-sqlite3';

/** Rows that an event began → the type of that event. */
const BEGUN_BY = { Run: 'run.started', Job: 'job.created' } as const;

/**
 * Gives runs and jobs of an earlier version their place in the record: the id of the event that began them. A row
 * without one is older than every event, in the order of its time. Call after unlinked rows were sealed, which numbers
 * events anew. Once, in one transaction.
 * @param most more rows than this are left as they are
 */
export function numberOldRows(database: Database, most: number): void {
  const number = database.transaction(() => {
    const tables = Object.keys(BEGUN_BY).filter((table) => isNumbered(database, table));
    if (tables.some((table) => oldRows(database, table, most) > most)) return;
    for (const [table, type] of Object.entries(BEGUN_BY)) {
      if (!tables.includes(table) || oldRows(database, table, 0) === 0) continue;
      numberByEvents(database, table, type);
      numberStrangers(database, table, table === 'Run' ? 'startedAt' : 'createdAt');
    }
  });
  number.immediate();
}

/** Row by row: SQLite would choose to look for each old row through all events. */
function numberByEvents(database: Database, table: string, type: string): void {
  const author = table === 'Job' ? ', "author" = @author' : '';
  const update = database.prepare(`UPDATE "${table}" SET "sequence" = @id${author} WHERE "id" = @row`);
  const page = database.prepare(
    `SELECT "id" AS id, json_extract("data", '$.id') AS row, nullif("actor", 'station') AS author
      FROM "Event" WHERE "type" = ? AND "id" > ? ORDER BY "id" LIMIT ${PAGE_ROWS}`,
  );
  for (let after = 0; ;) {
    const rows = page.all(type, after) as { id: number; row: string; author: string | null }[];
    for (const { id, row, author: by } of rows) update.run({ id, row, ...(author && { author: by }) });
    if (rows.length < PAGE_ROWS) return;
    after = rows.at(-1)!.id;
  }
}

const PAGE_ROWS = 5000;

/** A database of before has no such column. */
function isNumbered(database: Database, table: string): boolean {
  const columns = database.pragma(`table_info("${table}")`) as { name: string }[];
  return columns.some(({ name }) => name === 'sequence');
}

/** Rows without a place, counted to one more than `most`. */
function oldRows(database: Database, table: string, most: number): number {
  const limit = Number.isFinite(most) ? most + 1 : -1;
  const rows = `SELECT 1 FROM "${table}" WHERE "sequence" IS NULL LIMIT ?`;
  return Number(database.prepare(`SELECT count(*) FROM (${rows})`).pluck().get(limit));
}

function numberStrangers(database: Database, table: string, time: string): void {
  const rows = database
    .prepare(`SELECT "id" FROM "${table}" WHERE "sequence" IS NULL ORDER BY "${time}", "id"`)
    .all() as { id: string }[];
  const update = database.prepare(`UPDATE "${table}" SET "sequence" = ? WHERE "id" = ?`);
  for (const [index, { id }] of rows.entries()) update.run(index - rows.length, id);
}
