import type Sqlite from 'better-sqlite3';

/** An identity that a run read and how it was judged then, as JSON, with what its recipe expected. */
export interface RecordedIdentity {
  readonly run: string;
  /** RFC 3339, UTC. */
  readonly startedAt: string;
  /** The board's number. */
  readonly board: number | null;
  readonly serial: string | null;
  readonly uid: string | null;
  readonly identity: string;
  readonly assessment: string;
  /** The steps and the part of the recipe revision, as JSON; null where it is not in the file. */
  readonly steps: string | null;
  readonly part: string | null;
}

/**
 * Every identity of a database or a backup, the newest first, one at a time: a record of years does not fit into memory.
 * A file of an earlier version has fewer columns. Reads the whole table of runs.
 */
export function recordedIdentities(file: Sqlite.Database): Iterable<RecordedIdentity> {
  const column = (table: 'Run' | 'Recipe', name: string): string =>
    hasColumn(file, table, name) ? `"${table}"."${name}"` : `NULL`;
  const newest = hasColumn(file, 'Run', 'sequence') ? '"Run"."sequence"' : '"Run"."startedAt"';
  const sql = `SELECT "Run"."id" AS run, "startedAt", ${column('Run', 'board')} AS board, "serial", "uid", "identity", "assessment",
      "Recipe"."steps" AS steps, ${column('Recipe', 'part')} AS part
    FROM "Run" LEFT JOIN "Recipe" ON "name" = "recipeName" AND "revision" = "recipeRevision"
    WHERE "identity" IS NOT NULL AND "assessment" IS NOT NULL ORDER BY ${newest} DESC`;
  return file.prepare(sql).iterate() as Iterable<RecordedIdentity>;
}

function hasColumn(file: Sqlite.Database, table: string, name: string): boolean {
  return file.prepare('SELECT 1 FROM pragma_table_info(?) WHERE "name" = ?').get(table, name) !== undefined;
}
