import type { Database, Statement } from 'better-sqlite3';
import { append } from '../chain/append.ts';
import { COVERED_TABLES, type CoveredTable } from './covered-tables.ts';
import { digestOf, groupTextSql, hasKeySql, rowTextSql } from './row-text.ts';
import { sealStateOf } from './seal-state.ts';

/** What a commit did to the rows of covered tables; only the audit shows it. */
export const ROWS_TYPE = 'record.rows';
/** Rows that a program changed which is no part of Boardwalk, found at the next transaction of the station. */
export const FOREIGN_TYPE = 'record.foreign';

/** A new row: its digest. A changed one: its digest before and now, null once it is gone. */
export type RowChange = string | readonly [before: string, now: string | null];

/** Table → key → change. */
export type RowChanges = Readonly<Record<string, Readonly<Record<string, RowChange>>>>;

type Changes = Record<string, Record<string, RowChange>>;

interface Touched {
  readonly table: string;
  readonly key: string;
  readonly before: string | null;
}

interface Looks {
  readonly touched: Statement;
  readonly some: Statement;
  readonly clearSome: Statement;
  readonly clear: Statement;
  readonly now: Map<string, Statement>;
}

const prepared = new WeakMap<Database, Looks>();
/** What {@link settleSome} has taken in the transaction at work. */
const taken = new WeakMap<Database, Changes>();
const byName = new Map(COVERED_TABLES.map((covered) => [covered.table, covered]));
const FOREIGN_KEYS_NAMED = 100;

function looksOf(database: Database): Looks {
  let looks = prepared.get(database);
  if (!looks) {
    const touched = database.prepare('SELECT "table", "key", "before" FROM "Touched"');
    const some = database.prepare(
      'SELECT "table", "key", "before" FROM "Touched" ORDER BY "table", "key" LIMIT ?',
    );
    const clearSome = database.prepare('DELETE FROM "Touched" WHERE ("table", "key") <= (?, ?)');
    const clear = database.prepare('DELETE FROM "Touched"');
    looks = { touched, some, clearSome, clear, now: new Map() };
    prepared.set(database, looks);
  }
  return looks;
}

/** After a change of the schema: tables have other columns. */
export function forgetColumns(database: Database): void {
  prepared.delete(database);
}

/** SQL for the text of the row whose key is `@key`: null where there is none, or it is not covered. */
export function textOfKeySql(database: Database, covered: CoveredTable): string {
  const { table, when = '1', orderedBy } = covered;
  const row = `"${table}" AS r WHERE ${hasKeySql(covered, 'r', '@key')} AND ${when}`;
  if (orderedBy)
    return `SELECT CASE WHEN EXISTS (SELECT 1 FROM ${row}) THEN ${groupTextSql(database, covered, '@key')} END`;
  return `SELECT ${rowTextSql(database, covered, 'r')} FROM ${row}`;
}

/** The text of a row as it is now. */
function textNow(database: Database, { now }: Looks, { table, key }: Touched): string | null {
  let look = now.get(table);
  if (!look) now.set(table, (look = database.prepare(textOfKeySql(database, byName.get(table)!)).pluck()));
  return (look.get({ key }) as string | null | undefined) ?? null;
}

/**
 * The last act of every transaction: one row in the chain with the digests of all rows that it changed. Cheap where it
 * changed none. While old rows are being sealed their digests are kept up to date instead.
 */
export function settleRows(database: Database, at = new Date()): void {
  const looks = looksOf(database);
  const rows = looks.touched.all() as Touched[];
  const changes = taken.get(database) ?? {};
  taken.delete(database);
  if (rows.length > 0) {
    looks.clear.run();
    takeRows(database, looks, rows, changes);
  }
  if (Object.keys(changes).length > 0) addRow(database, ROWS_TYPE, changes, at);
}

/**
 * A part of {@link settleRows} ahead of it, for a transaction that changes thousands of rows: between two parts the
 * caller may let others have the event loop, as long as the transaction changes no more rows.
 * @returns whether it took `most` rows, so that there may be more
 */
export function settleSome(database: Database, most: number): boolean {
  const looks = looksOf(database);
  const rows = looks.some.all(most) as Touched[];
  const last = rows.at(-1);
  if (!last) return false;
  looks.clearSome.run(last.table, last.key);
  const changes = taken.get(database) ?? {};
  taken.set(database, changes);
  takeRows(database, looks, rows, changes);
  return rows.length === most;
}

/** Adds the digests of changed rows to `changes`, or to "Sealed" while old rows are being sealed. */
function takeRows(database: Database, looks: Looks, rows: readonly Touched[], changes: Changes): void {
  const state = sealStateOf(database);
  if (state === 'none') return;
  const known = rows.filter(({ table }) => byName.has(table));
  if (state === 'open') keepSealed(database, looks, known);
  else addChanges(database, looks, known, changes);
}

function addChanges(database: Database, looks: Looks, rows: readonly Touched[], changes: Changes): void {
  for (const row of rows) {
    const text = textNow(database, looks, row);
    if (text === row.before) continue;
    const now = text === null ? null : digestOf(text);
    const change = row.before === null ? now! : ([digestOf(row.before), now] as const);
    (changes[row.table] ??= {})[row.key] = change;
  }
}

function keepSealed(database: Database, looks: Looks, rows: readonly Touched[]): void {
  const put = database.prepare('INSERT OR REPLACE INTO "Sealed" VALUES (?, ?, ?)');
  const drop = database.prepare('DELETE FROM "Sealed" WHERE "table" = ? AND "key" = ?');
  for (const row of rows) {
    const text = textNow(database, looks, row);
    if (text === null) drop.run(row.table, row.key);
    else put.run(row.table, row.key, digestOf(text));
  }
}

/**
 * The first act of every transaction: what another program has changed is said in the chain, and takes no digest from
 * this transaction. Cheap where there is nothing.
 */
export function refuseForeignRows(database: Database, at = new Date()): void {
  const looks = looksOf(database);
  // Of a transaction that was rolled back.
  taken.delete(database);
  const rows = looks.touched.all() as Touched[];
  if (rows.length === 0) return;
  looks.clear.run();
  if (sealStateOf(database) === 'none') return;
  const named: Record<string, string[]> = {};
  for (const { table, key } of rows.slice(0, FOREIGN_KEYS_NAMED)) (named[table] ??= []).push(String(key));
  addRow(database, FOREIGN_TYPE, { count: rows.length, rows: named }, at);
}

function addRow(database: Database, type: string, data: unknown, at: Date): void {
  append(database, {
    ...{ at: at.toISOString(), type, subject: 'record', actor: 'station', role: 'station' },
    ...{ reason: null, data },
  });
}
