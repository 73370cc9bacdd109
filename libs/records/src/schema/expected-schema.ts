import Sqlite, { type Database } from 'better-sqlite3';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTriggers } from '../rows/triggers.ts';

/** A table, an index, a trigger or a view. */
export interface SchemaPart {
  readonly type: string;
  readonly name: string;
  readonly table: string;
  /** Null for an index that SQLite makes for a constraint. */
  readonly sql: string | null;
}

/** Made by `migrate` before the first migration. */
export const MIGRATION_TABLE =
  'CREATE TABLE IF NOT EXISTS "Migration" ("name" TEXT PRIMARY KEY, "sha256" TEXT NOT NULL, "appliedAt" TEXT NOT NULL)';

/** Every part of a database's schema. */
export function schemaOf(database: Database): SchemaPart[] {
  return database
    .prepare('SELECT "type", "name", "tbl_name" AS "table", "sql" FROM sqlite_schema ORDER BY "type", "name"')
    .all() as SchemaPart[];
}

/** Migrations never change once they are there. */
const made = new Map<string, SchemaPart[]>();

/** The schema that these migrations make. */
export function expectedSchema(migrations: string, names: readonly string[]): SchemaPart[] {
  const known = `${migrations}\n${names.join('\n')}`;
  let parts = made.get(known);
  if (!parts) made.set(known, (parts = makeSchema(migrations, names)));
  return parts;
}

function makeSchema(migrations: string, names: readonly string[]): SchemaPart[] {
  const memory = new Sqlite(':memory:');
  try {
    memory.exec(MIGRATION_TABLE);
    for (const name of names) memory.exec(readFileSync(join(migrations, name, 'migration.sql'), 'utf8'));
    makeTriggers(memory);
    return schemaOf(memory);
  } finally {
    memory.close();
  }
}

/** The names of all migrations, in their order. */
export function migrationNames(migrations: string): string[] {
  return readdirSync(migrations).sort();
}
