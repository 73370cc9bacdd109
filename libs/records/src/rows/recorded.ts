import type { Database } from 'better-sqlite3';
import { refuseForeignRows, settleRows } from './settle.ts';

/** Work of plain SQLite in one transaction that takes the write lock at once and ends with the digests of its rows. */
export function recorded<Result>(database: Database, work: () => Result): Result {
  const run = database.transaction(() => {
    refuseForeignRows(database);
    const result = work();
    settleRows(database);
    return result;
  });
  return run.immediate();
}
