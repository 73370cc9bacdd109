import Sqlite from 'better-sqlite3';
import { existsSync } from 'node:fs';
import type { Anchor } from '../chain/anchors.ts';
import { COLUMNS, ORIGIN, type ChainRow } from '../chain/chain-row.ts';
import { openRunsBesideChain } from '../chain/open-runs.ts';
import { retentionNotices } from '../chain/retention.ts';
import { runsBesideChain } from '../chain/run-agreement.ts';
import { verifyChain, type ChainReport } from '../chain/verify-chain.ts';
import { RecordsError } from '../errors.ts';
import { MIGRATIONS } from './migrations.ts';
import { refuseToJudge } from './storage-problem.ts';
import { RowsCheck } from '../rows/rows-check.ts';
import type { RowsReport } from '../rows/rows-report.ts';
import { schemaFindings } from '../schema/schema-check.ts';

const SELECT = `SELECT ${COLUMNS.map((column) => `"${column}"`).join(', ')} FROM "Event"`;

/** Opens a database file to read it, never to change it; no station is needed. @throws RecordsError */
export function openToRead(file: string): Sqlite.Database {
  if (!existsSync(file)) throw new RecordsError('records.no_file', { file });
  let database: Sqlite.Database | null = null;
  try {
    database = new Sqlite(file, { readonly: true, fileMustExist: true });
    database.pragma('query_only = ON');
    const table = database.prepare(`SELECT 1 FROM sqlite_schema WHERE "name" = 'Event'`).get();
    if (table) return database;
  } catch (cause) {
    database?.close();
    refuseToJudge(file, cause);
    throw new RecordsError('records.unreadable', { file, why: messageOf(cause) }, cause);
  }
  database.close();
  throw new RecordsError('records.no_chain', { file });
}

/** What a check of a whole file found: its chain, its rows against the chain, and its schema. */
export interface FileReport extends ChainReport {
  /** Null where the chain is broken: it proves nothing of the rows then. */
  readonly rowsCovered: RowsReport | null;
  /** Everything that is wrong, a sentence each, the chain first. */
  readonly problems: readonly string[];
}

/**
 * Checks the chain of an open database, the covered tables against it, and the schema, in one snapshot and with the same
 * memory for any number of runs.
 * @throws RecordsError where a page is damaged
 */
export function verifyDatabase(database: Sqlite.Database, anchors: readonly Anchor[] = []): FileReport {
  try {
    return database.transaction(() => verifyAll(database, anchors)).deferred();
  } catch (cause) {
    refuseToJudge(database.name, cause);
    throw new RecordsError('records.damaged:end', { why: messageOf(cause) }, cause);
  }
}

function verifyAll(database: Sqlite.Database, anchors: readonly Anchor[]): FileReport {
  const check = new RowsCheck(database);
  try {
    const rows = check.watch(chainRows(database));
    const chain = verifyChain(rows, retentionNotices(database), anchors, ORIGIN, lastGiven(database));
    const beside = chain.firstBad ?? hiddenRow(database) ?? runsBesideChain(database, chain.head.id);
    const rowsCovered = chain.firstBad ? null : check.report(chain.head.id);
    const [finding] = rowsCovered?.findings ?? [];
    const open = rowsCovered?.sealed ? openRunsBesideChain(database, chain.head.id) : null;
    const firstBad = beside ?? open ?? (finding ? { id: finding.event, says: finding.says } : null);
    const problems = [
      ...[beside, open].flatMap((bad) => (bad ? [sentenceOf(bad)] : [])),
      ...(rowsCovered?.findings ?? []).map(({ event, says }) => sentenceOf({ id: event, says })),
      ...schemaFindings(database, MIGRATIONS),
    ];
    return { ...chain, ok: problems.length === 0, firstBad, rowsCovered, problems };
  } finally {
    check.close();
  }
}

function sentenceOf({ id, says }: { readonly id: number; readonly says: string }): string {
  return `Row ${id} ${says}.`;
}

/** A row of the chain with an id that no walk from the first row on meets. */
function hiddenRow(database: Sqlite.Database): ChainReport['firstBad'] {
  const id = database.prepare('SELECT "id" FROM "Event" WHERE "id" < 1 LIMIT 1').pluck().get();
  return id === undefined ? null : { id: Number(id), says: 'stands where no row can be: it was put in' };
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

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
