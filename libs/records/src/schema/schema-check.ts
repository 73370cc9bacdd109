import type { Database } from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectedSchema, migrationNames, schemaOf, type SchemaPart } from './expected-schema.ts';

/** What SQLite itself or a backup adds, and nothing reads rows through. */
const ALLOWED = new Set(['sqlite_stat1', 'sqlite_stat4', 'sqlar', 'sqlite_autoindex_sqlar_1']);
const SQLAR_COLUMNS = '"name" TEXT PRIMARY KEY, "mode" INT, "mtime" INT, "sz" INT, "data" BLOB';
/** Numbers in the head of the file that Boardwalk leaves at 0. */
const ZERO_PRAGMAS = ['user_version', 'application_id'];

interface Applied {
  readonly name: string;
  readonly sha256: string;
}

/**
 * Holds tables, indexes, triggers and views against those that the migrations make, so that nothing stands between a
 * person and the rows, and nothing acts when a row is written. Each finding is a sentence.
 */
export function schemaFindings(database: Database, migrations: string): string[] {
  const present = schemaOf(database);
  if (!present.some(({ name }) => name === 'Migration')) return ['Table Migration is missing.'];
  const applied = database.prepare('SELECT "name", "sha256" FROM "Migration" ORDER BY "name"').all();
  const names = migrationNames(migrations);
  const findings = migrationFindings(applied as Applied[], migrations, names);
  const expected = expectedSchema(migrations, names.slice(0, applied.length));
  return [...findings, ...differences(expected, present), ...headFindings(database)];
}

/** The applied migrations must be the first ones that there are, unchanged. */
function migrationFindings(
  applied: readonly Applied[],
  migrations: string,
  names: readonly string[],
): string[] {
  return applied.flatMap(({ name, sha256 }, at) => {
    if (names[at] !== name)
      return [`Table Migration names ${name} as migration ${at + 1}, which is ${names[at] ?? 'none'}.`];
    const sql = readFileSync(join(migrations, name, 'migration.sql'), 'utf8');
    const same = createHash('sha256').update(sql).digest('hex') === sha256;
    return same ? [] : [`Table Migration states another digest of migration ${name}.`];
  });
}

function differences(expected: readonly SchemaPart[], present: readonly SchemaPart[]): string[] {
  const here = new Map(present.map((part) => [`${part.type} ${part.name}`, part]));
  const findings: string[] = [];
  for (const part of expected) {
    const found = here.get(`${part.type} ${part.name}`);
    here.delete(`${part.type} ${part.name}`);
    if (!found) findings.push(`${inWords(part)} is missing.`);
    else if (found.sql !== part.sql || found.table !== part.table)
      findings.push(`${inWords(part)} is not as Boardwalk makes it.`);
  }
  for (const part of here.values())
    if (!isAllowed(part)) findings.push(`${inWords(part)} is no part of Boardwalk’s schema.`);
  return findings;
}

function isAllowed({ name, table, sql }: SchemaPart): boolean {
  if (!ALLOWED.has(name) || !ALLOWED.has(table)) return false;
  return name !== 'sqlar' || (sql ?? '').endsWith(`(${SQLAR_COLUMNS})`);
}

function inWords({ type, name, table }: SchemaPart): string {
  const words = `${type[0]!.toUpperCase()}${type.slice(1)} ${name}`;
  return type === 'trigger' || type === 'index' ? `${words} of table ${table}` : words;
}

function headFindings(database: Database): string[] {
  return ZERO_PRAGMAS.flatMap((name) => {
    const value = Number(database.pragma(name, { simple: true }));
    return value === 0 ? [] : [`PRAGMA ${name} is ${value}; Boardwalk leaves it at 0.`];
  });
}
