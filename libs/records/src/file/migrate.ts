import Sqlite from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { closeSync, fchmodSync, fstatSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sealUnlinkedRows } from '../chain/seal.ts';
import { RecordsError } from '../errors.ts';
import { forgetColumns, refuseForeignRows, settleRows } from '../rows/settle.ts';
import { makeTriggers } from '../rows/triggers.ts';
import { MIGRATIONS } from './migrations.ts';
import { MIGRATION_TABLE } from '../schema/expected-schema.ts';
import { numberOldRows } from './number-rows.ts';

/** How a file is brought up to date. */
export interface MigrateOptions {
  readonly migrations?: string;
  /** More rows of a version without sequence than this wait: the station gives them theirs in pages while it works. */
  readonly mostNumbered?: number;
}

/**
 * Brings the database file up to date: each folder of `migrations` in order, in one transaction, once. A migration
 * that was changed after it had been applied is refused. Last, events of a version without a chain are
 * linked, and rows of a version without sequence get theirs.
 */
export function migrate(
  file: string,
  { migrations = MIGRATIONS, mostNumbered = Infinity }: MigrateOptions = {},
): void {
  makePrivate(file);
  const database = new Sqlite(file);
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.exec(MIGRATION_TABLE);
    refuseNewer(database, file, migrations);
    for (const name of readdirSync(migrations).sort()) {
      const sql = readFileSync(join(migrations, name, 'migration.sql'), 'utf8');
      const sha256 = createHash('sha256').update(sql).digest('hex');
      const applied = database.prepare('SELECT "sha256" FROM "Migration" WHERE "name" = ?').get(name) as
        { sha256: string } | undefined;
      if (applied && applied.sha256 !== sha256) {
        throw new Error(`Migration ${name} is not the one this database was made with.`);
      }
      if (!applied) apply(database, name, sql, sha256);
    }
    sealUnlinkedRows(database);
    numberOldRows(database, mostNumbered);
    makeTriggers(database);
  } finally {
    database.close();
  }
}

/** It has digests of passwords and badges: for its owner alone. SQLite's files next to it follow suit. */
function makePrivate(file: string): void {
  const handle = openSync(file, 'a', 0o600);
  const { mode, uid } = fstatSync(handle);
  if ((mode & 0o077) !== 0 && uid === process.getuid?.()) fchmodSync(handle, 0o600);
  closeSync(handle);
}

/**
 * A file that a newer version made is not touched: this one does not know what it would break in it.
 * @throws RecordsError
 */
export function refuseNewer(database: Sqlite.Database, file: string, migrations = MIGRATIONS): void {
  const known = new Set(readdirSync(migrations));
  if (!database.prepare(`SELECT 1 FROM sqlite_schema WHERE "name" = 'Migration'`).get()) return;
  const applied = database.prepare('SELECT "name" FROM "Migration" ORDER BY "name"').all() as {
    name: string;
  }[];
  const unknown = applied.find(({ name }) => !known.has(name));
  if (!unknown) return;
  throw new RecordsError('records.newer', { file, migration: unknown.name });
}

/** Table rebuilds switch foreign keys off, which SQLite ignores within a transaction: they are off around it. */
function apply(database: Sqlite.Database, name: string, sql: string, sha256: string): void {
  database.pragma('foreign_keys = OFF');
  database.transaction(() => {
    if (isTouchable(database)) refuseForeignRows(database);
    database.exec(sql);
    const broken = database.pragma('foreign_key_check') as unknown[];
    if (broken.length > 0) throw new Error(`Migration ${name} breaks references between rows.`);
    database.prepare('INSERT INTO "Migration" VALUES (?, ?, ?)').run(name, sha256, new Date().toISOString());
    // Rows that it changed: once digests are written, none changes without one.
    forgetColumns(database);
    if (isTouchable(database)) settleRows(database);
  })();
  database.pragma('foreign_keys = ON');
}

/** A file that has the table and the triggers of digests already. */
function isTouchable(database: Sqlite.Database): boolean {
  return database.prepare(`SELECT 1 FROM sqlite_schema WHERE "name" = 'Touched'`).get() !== undefined;
}
