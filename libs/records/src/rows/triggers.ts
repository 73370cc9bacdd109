import type { Database } from 'better-sqlite3';
import { COVERED_TABLES, type CoveredTable } from './covered-tables.ts';
import { groupTextSql, keySql, rowTextSql } from './row-text.ts';

interface Trigger {
  readonly name: string;
  readonly sql: string;
}

const ENDS = '_touched';

/**
 * Makes the triggers that note every changed row of the covered tables in "Touched", as the present columns want them.
 * They are part of the schema and no migration's business: a column or a table that a migration adds is covered at once.
 */
export function makeTriggers(database: Database): void {
  if (!hasTable(database, 'Touched')) return;
  const wanted = triggersOf(database);
  const present = database
    .prepare(`SELECT "name", "sql" FROM sqlite_schema WHERE "type" = 'trigger' AND "name" LIKE '%${ENDS}'`)
    .all() as Trigger[];
  const sqlOf = new Map(present.map(({ name, sql }) => [name, sql]));
  const others = wanted.filter(({ name, sql }) => sqlOf.get(name) !== sql);
  if (others.length === 0) return;
  database
    .transaction(() => {
      for (const { name, sql } of others) {
        database.exec(`DROP TRIGGER IF EXISTS "${name}"`);
        database.exec(sql);
      }
    })
    .immediate();
}

/** The triggers of all covered tables that this database has. */
export function triggersOf(database: Database): Trigger[] {
  return coveredIn(database).flatMap((covered) =>
    covered.orderedBy ? groupTriggers(database, covered) : rowTriggers(database, covered),
  );
}

/** The covered tables that a database has: one of an older version may lack some. */
export function coveredIn(database: Database): readonly CoveredTable[] {
  return COVERED_TABLES.filter(({ table }) => hasTable(database, table));
}

function hasTable(database: Database, table: string): boolean {
  return (
    database.prepare(`SELECT 1 FROM sqlite_schema WHERE "type" = 'table' AND "name" = ?`).get(table) !==
    undefined
  );
}

function rowTriggers(database: Database, covered: CoveredTable): Trigger[] {
  const { table, when } = covered;
  const text = rowTextSql(database, covered, 'OLD');
  const isCovered = (row: string): string => (when ?? '1').replaceAll('r."', `${row}."`);
  const before = when ? `CASE WHEN ${isCovered('OLD')} THEN ${text} END` : text;
  const noteOld = note(covered, keySql(covered, 'OLD'), before, when && isCovered('OLD'));
  const noteNew = note(covered, keySql(covered, 'NEW'), 'NULL', when && isCovered('NEW'));
  return [
    trigger(table, 'INSERT', 'AFTER', [noteNew, ...noteGroups(table, 'INSERT')]),
    trigger(table, 'UPDATE', 'AFTER', [noteOld, noteNew, ...noteGroups(table, 'UPDATE')]),
    trigger(table, 'DELETE', 'AFTER', [noteOld]),
  ];
}

/** The row that ends a group covers it: it had no digest until then. */
function noteGroups(table: string, event: 'INSERT' | 'UPDATE'): string[] {
  return COVERED_TABLES.flatMap((group) => {
    if (group.endsWith?.table !== table) return [];
    const { key, column } = group.endsWith;
    const begins = event === 'UPDATE' ? `OLD."${column}" IS NULL AND ` : '';
    const has = `EXISTS (SELECT 1 FROM "${group.table}" WHERE "${group.key[0]!}" = NEW."${key}")`;
    return [note(group, `NEW."${key}"`, 'NULL', `${begins}NEW."${column}" IS NOT NULL AND ${has}`)];
  });
}

/** Before the change, because afterwards the group is another one already. */
function groupTriggers(database: Database, covered: CoveredTable): Trigger[] {
  const { table, key, when } = covered;
  const noteOf = (row: 'OLD' | 'NEW'): string => {
    const id = `${row}."${key[0]!}"`;
    return note(covered, id, groupTextSql(database, covered, id), when!.replaceAll('r."', `${row}."`));
  };
  return [
    trigger(table, 'INSERT', 'BEFORE', [noteOf('NEW')]),
    trigger(table, 'UPDATE', 'BEFORE', [noteOf('OLD'), noteOf('NEW')]),
    trigger(table, 'DELETE', 'BEFORE', [noteOf('OLD')]),
  ];
}

function trigger(table: string, event: string, time: string, notes: readonly string[]): Trigger {
  const name = `${table}_${event.toLowerCase()}${ENDS}`;
  return {
    name,
    sql: `CREATE TRIGGER "${name}" ${time} ${event} ON "${table}" BEGIN ${notes.join('; ')}; END`,
  };
}

/**
 * The first note of a row counts. No OR IGNORE: the statement that fires a trigger overrides it. The key is text, so that
 * the index of "Touched" serves the look for it: a number would be compared with every key as a number.
 */
function note({ table }: CoveredTable, key: string, before: string, when = '1'): string {
  const text = `CAST(${key} AS TEXT)`;
  return (
    `INSERT INTO "Touched" SELECT '${table}', ${text}, ${before} WHERE ${when} ` +
    `AND NOT EXISTS (SELECT 1 FROM "Touched" WHERE "table" = '${table}' AND "key" = ${text})`
  );
}
