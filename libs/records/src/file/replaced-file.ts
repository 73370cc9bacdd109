import Sqlite, { type Database } from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { headOf } from '../chain/append.ts';
import type { Head } from '../chain/chain-row.ts';

/**
 * How the database that a restore replaces goes with the backup. `continues`: it is the same record, later. `earlier`:
 * the same record, and the backup has all of it. `forked`: the same record until an earlier restore. The other two tell
 * nothing of what was given since the backup.
 */
export type Relation = 'continues' | 'earlier' | 'forked' | 'another' | 'unreadable';

const NAME = 'replaced';

/**
 * Attaches the replaced database to the restored one, as `replaced`; its write-ahead log is played into it before.
 * @returns `unreadable`, and attaches nothing, where there is none or it cannot be read
 */
export function attachReplaced(fresh: Database, databaseFile: string): Relation {
  if (!existsSync(databaseFile)) return 'unreadable';
  try {
    checkpoint(databaseFile);
    fresh.prepare(`ATTACH DATABASE ? AS "${NAME}"`).run(databaseFile);
    const relation = relationOf(fresh);
    if (relation === 'another') fresh.exec(`DETACH DATABASE "${NAME}"`);
    return relation;
  } catch {
    return 'unreadable';
  }
}

function checkpoint(databaseFile: string): void {
  const old = new Sqlite(databaseFile);
  try {
    old.pragma('wal_checkpoint(TRUNCATE)');
    // Every page is read before anything is taken from it: what cannot be read to its end is not half carried over.
    if (String(old.pragma('quick_check(1)', { simple: true })) !== 'ok') throw new Error('damaged');
  } finally {
    old.close();
  }
}

function relationOf(fresh: Database): Relation {
  if (!hasReplaced(fresh, 'Event')) return 'another';
  const hash = (schema: string, id: number): unknown =>
    fresh.prepare(`SELECT "hash" FROM "${schema}"."Event" WHERE "id" = ?`).pluck().get(id);
  const theirs = fresh
    .prepare(`SELECT "id", "hash" FROM "${NAME}"."Event" ORDER BY "id" DESC LIMIT 1`)
    .get() as Head | undefined;
  const ours = headOf(fresh);
  if (!theirs || ours.id === 0) return 'another';
  if (hash(NAME, ours.id) === ours.hash) return 'continues';
  if (hash('main', theirs.id) === theirs.hash) return 'earlier';
  return hash(NAME, 1) === hash('main', 1) ? 'forked' : 'another';
}

/** Whether the replaced database has this table, and it is one. */
export function hasReplaced(fresh: Database, table: string): boolean {
  const sql = `SELECT 1 FROM "${NAME}".sqlite_schema WHERE "type" = 'table' AND "name" = ?`;
  return fresh.prepare(sql).get(table) !== undefined;
}

/** Rows of the replaced database, with the columns that both have; those that it lacks are not there. */
export function replacedRows<Row>(fresh: Database, table: string, more = ''): Row[] {
  if (!hasReplaced(fresh, table)) return [];
  const names = columnsOf(fresh, 'main', table);
  const theirs = new Set(columnsOf(fresh, NAME, table));
  const shared = names.filter((name) => theirs.has(name)).map((name) => `"${name}"`);
  return fresh.prepare(`SELECT ${shared.join(', ')} FROM "${NAME}"."${table}" ${more}`).all() as Row[];
}

function columnsOf(fresh: Database, schema: string, table: string): string[] {
  return (fresh.pragma(`"${schema}".table_info("${table}")`) as { name: string }[]).map(({ name }) => name);
}

/** Adds a row with the columns that it has; the others take their defaults. @returns how many rows that were */
export function insert(
  fresh: Database,
  table: string,
  row: Readonly<Record<string, unknown>>,
  or: 'OR IGNORE' | '' = '',
): number {
  const names = Object.keys(row);
  const columns = names.map((name) => `"${name}"`).join(', ');
  const values = names.map((name) => `@${name}`).join(', ');
  return fresh.prepare(`INSERT ${or} INTO "${table}" (${columns}) VALUES (${values})`).run(row).changes;
}
