import type { Database } from 'better-sqlite3';

/** Whose record a database is; null where a version before station ids wrote it, or no station has opened it yet. */
export function stationIdIn(database: Database): string | null {
  const table = database.prepare(`SELECT 1 FROM sqlite_schema WHERE "name" = 'Station'`).get();
  const row = table && database.prepare('SELECT "id" FROM "Station"').get();
  return (row as { id: string } | undefined)?.id ?? null;
}
