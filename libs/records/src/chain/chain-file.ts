import Sqlite from 'better-sqlite3';
import { existsSync } from 'node:fs';
import type { Anchor } from './anchors.ts';
import { COLUMNS, ORIGIN, type ChainRow } from './chain-row.ts';
import { retentionNotices } from './retention.ts';
import { runsBesideChain } from './run-agreement.ts';
import { verifyChain, type ChainReport } from './verify-chain.ts';
import { RecordsError } from '../errors.ts';
import { refuseToJudge } from '../file/storage-problem.ts';

const SELECT = `SELECT ${COLUMNS.map((column) => `"${column}"`).join(', ')} FROM "Event"`;

/** Opens a database file to read it, never to change it; no station is needed. @throws RecordsError */
export function openToRead(file: string): Sqlite.Database {
  if (!existsSync(file))
    throw new RecordsError('records.no_file', `There is no file ${file}.`, 'Check the path.');
  let database: Sqlite.Database | null = null;
  try {
    database = new Sqlite(file, { readonly: true, fileMustExist: true });
    database.pragma('query_only = ON');
    const table = database.prepare(`SELECT 1 FROM sqlite_schema WHERE "name" = 'Event'`).get();
    if (table) return database;
  } catch (cause) {
    database?.close();
    refuseToJudge(file, cause);
    throw new RecordsError(
      'records.unreadable',
      `${file} cannot be read as a database: ${cause instanceof Error ? cause.message : String(cause)}.`,
      'Give the boardwalk.db of a data folder, or a backup of it.',
      { cause },
    );
  }
  database.close();
  throw new RecordsError(
    'records.no_chain',
    `${file} holds no events: it is not a station’s database.`,
    'Give the boardwalk.db of a data folder, or a backup of it.',
  );
}

/**
 * Checks the chain of an open database, and the table of runs against it, in one snapshot.
 * @throws RecordsError where a page is damaged
 */
export function verifyDatabase(database: Sqlite.Database, anchors: readonly Anchor[] = []): ChainReport {
  const check = database.transaction(() => {
    const notices = retentionNotices(database);
    const chain = verifyChain(chainRows(database), notices, anchors, ORIGIN, lastGiven(database));
    const firstBad = chain.firstBad ?? runsBesideChain(database, chain.head.id);
    return { ...chain, ok: firstBad === null, firstBad };
  });
  try {
    return check.deferred();
  } catch (cause) {
    refuseToJudge(database.name, cause);
    throw new RecordsError(
      'records.damaged',
      `The database cannot be read to its end: ${cause instanceof Error ? cause.message : String(cause)}.`,
      'Restore the last backup with: boardwalk restore FILE',
      { cause },
    );
  }
}

/** The last id that SQLite remembers to have given (sqlite.org/autoinc.html), whatever was deleted since. */
function lastGiven(database: Sqlite.Database): number {
  const row = database.prepare(`SELECT "seq" FROM "sqlite_sequence" WHERE "name" = 'Event'`).get();
  return (row as { seq: number } | undefined)?.seq ?? 0;
}

const PAGE_ROWS = 1000;
/** Ids that no station gives: a row put in before the first one is found too. */
const BEFORE_ALL = Number.MIN_SAFE_INTEGER;

/**
 * The rows of the chain in their order, a page at a time: a cursor that fails on a damaged page would keep the
 * connection busy.
 */
export function* chainRows(database: Sqlite.Database, after = BEFORE_ALL): Generator<ChainRow> {
  const statement = database.prepare(`${SELECT} WHERE "id" > ? ORDER BY "id" LIMIT ${PAGE_ROWS}`);
  for (let last = after; ;) {
    const page = statement.all(last) as ChainRow[];
    yield* page;
    if (page.length < PAGE_ROWS) return;
    last = page[page.length - 1]!.id;
  }
}
