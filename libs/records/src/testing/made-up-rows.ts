import type { Database } from 'better-sqlite3';
import { append } from '../chain/append.ts';
import type { CoveredTable } from '../rows/covered-tables.ts';

/** A column as SQLite tells of it. */
export interface Column {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly pk: number;
}

export type Cell = string | number | Buffer | null;

export function columnsOf(database: Database, table: string): Column[] {
  return database.pragma(`table_info("${table}")`) as Column[];
}

/** The values that a CHECK of the table allows in a column, if it has one. */
export function allowedIn(database: Database, table: string, column: string): string[] | null {
  const sql = database
    .prepare('SELECT "sql" FROM sqlite_schema WHERE "name" = ?')
    .pluck()
    .get(table) as string;
  const list = new RegExp(`CHECK \\("${column}" IN \\(([^)]*)\\)`).exec(sql)?.[1];
  return list ? [...list.matchAll(/'([^']*)'/g)].map(([, value]) => value!) : null;
}

/** Row `index` of a table, with a value of its own in every column. */
export function madeUpRow(database: Database, table: string, index: number): Record<string, Cell> {
  const cells = columnsOf(database, table).map(({ name, type }): [string, Cell] => {
    const allowed = allowedIn(database, table, name);
    if (allowed) return [name, allowed[index % allowed.length]!];
    if (table === 'RunStep' && name === 'runId') return [name, `id-${index}`];
    if (type === 'TEXT') return [name, `${name}-${index}`];
    if (type === 'BOOLEAN') return [name, index % 2];
    return [name, type === 'REAL' ? index + 0.5 : index + 3];
  });
  return Object.fromEntries(cells);
}

export function insertRow(database: Database, table: string, row: Record<string, Cell>): void {
  const names = Object.keys(row);
  const columns = names.map((name) => `"${name}"`).join(', ');
  const values = names.map((name) => `@${name}`).join(', ');
  database.prepare(`INSERT INTO "${table}" (${columns}) VALUES (${values})`).run(row);
}

/** Rows `from` to `to` of every covered table; a run ends in the chain too. */
export function fillTables(
  database: Database,
  tables: readonly CoveredTable[],
  from: number,
  to: number,
): void {
  for (let index = from; index <= to; index += 1) {
    // Steps are there before their run ends.
    for (const { table } of [...tables].sort((one) => (one.table === 'RunStep' ? -1 : 1)))
      if (table !== 'BadgeSalt') insertRow(database, table, madeUpRow(database, table, index));
    append(database, {
      ...{ at: '2026-01-01T00:00:00.000Z', type: 'run.completed', subject: `run/id-${index}` },
      ...{ actor: 'station', role: 'station', reason: null, data: { id: `id-${index}` } },
    });
  }
}
