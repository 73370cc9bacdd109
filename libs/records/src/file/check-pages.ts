import Sqlite from 'better-sqlite3';
import { statSync } from 'node:fs';

/** About half a second's worth; a larger file is checked by `boardwalk doctor`. */
const LARGEST_BYTES = 256 * 1024 * 1024;

/**
 * A look at the pages of a database file before anything is built on it. A file that is not there is fine.
 * @throws SqliteError SQLITE_CORRUPT or SQLITE_NOTADB
 */
export function checkPages(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0 || size > LARGEST_BYTES) return;
  const database = new Sqlite(file, { readonly: true });
  try {
    const says = String(database.pragma('quick_check(1)', { simple: true }));
    if (says !== 'ok') throw new Sqlite.SqliteError(says, 'SQLITE_CORRUPT');
  } finally {
    database.close();
  }
}
