import { refuseForeignRows, settleRows, settleSome } from '@boardwalk/records';
import type { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import type Sqlite from 'better-sqlite3';
import { turn } from '../clock/turns.ts';

type Connection = Awaited<ReturnType<PrismaBetterSqlite3['connect']>>;
type Query = Parameters<Connection['executeRaw']>[0];
type Act<Result> = (query: Query) => Promise<Result>;

const WRITES = /^\s*(INSERT|UPDATE|DELETE|REPLACE)\b/i;

/** Rows whose digests are made in one go. */
const PART_ROWS = 250;

/** Ahead of the commit the digests of all rows that the transaction changed go into the record. */
export function settled(file: Sqlite.Database, act: Act<number>): Act<number> {
  let changed = 0;
  return async (query) => {
    if (query.sql === 'COMMIT') {
      const part = (): boolean => undoneOnFailure(file, () => settleSome(file, PART_ROWS));
      if (changed > PART_ROWS) while (part()) await turn();
      undoneOnFailure(file, () => settleRows(file));
      return act(query);
    }
    const rows = await act(query);
    changed += rows;
    return rows;
  };
}

/** A write on its own is a transaction of its own: its rows and their digests are one. */
export function settledAlone<Result>(file: Sqlite.Database, act: Act<Result>): Act<Result> {
  return async (query) => {
    if (!WRITES.test(query.sql)) return act(query);
    file.exec('BEGIN IMMEDIATE');
    try {
      refuseForeignRows(file);
      const result = await act(query);
      settleRows(file);
      file.exec('COMMIT');
      return result;
    } catch (cause) {
      if (file.inTransaction) file.exec('ROLLBACK');
      throw cause;
    }
  };
}

function undoneOnFailure<Result>(file: Sqlite.Database, work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    if (file.inTransaction) file.exec('ROLLBACK');
    throw cause;
  }
}
