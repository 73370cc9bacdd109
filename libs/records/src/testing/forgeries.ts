import type { Database } from 'better-sqlite3';
import type { CoveredTable } from '../rows/covered-tables.ts';
import { allowedIn, columnsOf, madeUpRow, type Column } from './made-up-rows.ts';

/** One thing that a person with the file and plain SQL can do, and what the check must say. */
export interface Forgery {
  readonly title: string;
  readonly sql: string;
  readonly says: RegExp;
}

const quote = (value: unknown): string =>
  typeof value === 'number' ? String(value) : `'${String(value).replaceAll("'", "''")}'`;

/** Row `index` as SQL finds it. */
function where(database: Database, covered: CoveredTable, index: number): string {
  const row = rowOf(database, covered.table, index);
  return columnsOf(database, covered.table)
    .filter(({ pk }) => pk > 0)
    .map(({ name }) => `"${name}" = ${quote(row[name])}`)
    .join(' AND ');
}

/** The one row of the salt is made by its migration. */
function rowOf(database: Database, table: string, index: number): Record<string, unknown> {
  if (table === 'BadgeSalt') return { id: 1 };
  return madeUpRow(database, table, index);
}

function namedBy(covered: CoveredTable): RegExp {
  return new RegExp(`\\(table ${covered.table}\\)`);
}

/** Every column of a table: another value, nothing where that is allowed, and the same bytes as a blob. */
export function columnForgeries(database: Database, covered: CoveredTable, index: number): Forgery[] {
  const { table } = covered;
  const at = where(database, covered, index);
  return columnsOf(database, table).flatMap((column) => {
    const set = (what: string, value: string): Forgery => ({
      title: `${table}.${column.name} ${what} in row ${index}`,
      sql: `UPDATE "${table}" SET "${column.name}" = ${value} WHERE ${at}`,
      says: namedBy(covered),
    });
    const checked = allowedIn(database, table, column.name) !== null || table === 'BadgeSalt';
    const forgeries = [set('is another value', otherValue(database, table, column, index))];
    if (table === 'BadgeSalt' && column.name === 'id') return [];
    if (!column.notnull && column.pk === 0) forgeries.push(set('is nothing', 'NULL'));
    if (!checked && column.type === 'TEXT')
      forgeries.push(set('is a blob of the same bytes', `CAST("${column.name}" AS BLOB)`));
    if (column.type === 'TEXT' && !checked)
      forgeries.push(set('has more after a NUL', `"${column.name}" || char(0) || 'more'`));
    return forgeries;
  });
}

function otherValue(database: Database, table: string, { name, type }: Column, index: number): string {
  const allowed = allowedIn(database, table, name);
  if (allowed) return quote(allowed[(index + 1) % allowed.length]);
  if (type === 'TEXT') return `'forged'`;
  return type === 'BOOLEAN' ? `NOT "${name}"` : `"${name}" + 1000`;
}

/** Rows put in, taken out and exchanged. */
export function rowForgeries(database: Database, covered: CoveredTable): Forgery[] {
  const { table } = covered;
  if (table === 'BadgeSalt')
    return [{ title: 'BadgeSalt is emptied', sql: `DELETE FROM "BadgeSalt"`, says: namedBy(covered) }];
  const names = columnsOf(database, table);
  const added = madeUpRow(database, table, 77);
  // A run that has not ended is no run of the record; of an added one the outcome is what counts.
  const insert = `INSERT INTO "${table}" (${names.map(({ name }) => `"${name}"`).join()}) VALUES (${names.map(({ name }) => quote(added[name])).join()})`;
  const [one, two] = [where(database, covered, 1), where(database, covered, 2)];
  const rest = names.filter(({ pk, name }) => pk === 0 && !isUnique(database, table, name));
  const swap = rest.map(
    ({ name }) =>
      `"${name}" = CASE WHEN ${one} THEN (SELECT "${name}" FROM "Swap" WHERE ${two}) ELSE (SELECT "${name}" FROM "Swap" WHERE ${one}) END`,
  );
  const says = namedBy(covered);
  return [
    { title: `${table} has a row more`, sql: insert, says },
    { title: `${table} has a row less`, sql: `DELETE FROM "${table}" WHERE ${one}`, says },
    ...(rest.length === 0
      ? []
      : [
          {
            title: `${table} has two rows exchanged`,
            sql: `CREATE TABLE "Swap" AS SELECT * FROM "${table}"; UPDATE "${table}" SET ${swap.join()} WHERE (${one}) OR (${two}); DROP TABLE "Swap"`,
            says,
          },
        ]),
  ];
}

function isUnique(database: Database, table: string, column: string): boolean {
  const indexes = database.pragma(`index_list("${table}")`) as { name: string; unique: number }[];
  return indexes.some(
    ({ name, unique }) =>
      unique === 1 &&
      (database.pragma(`index_info("${name}")`) as { name: string }[]).some((part) => part.name === column),
  );
}

const rewrite = (name: string, change: string): string =>
  `PRAGMA writable_schema = ON; UPDATE sqlite_schema SET "sql" = ${change} WHERE "name" = '${name}'; PRAGMA writable_schema = OFF`;

/** What can be done to the schema. */
export const SCHEMA_FORGERIES: readonly Forgery[] = [
  {
    title: 'a trigger is added',
    sql: `CREATE TRIGGER "evil" AFTER UPDATE ON "Run" BEGIN UPDATE "Run" SET "outcome" = 'PASS'; END`,
    says: /^Trigger evil of table Run is no part of/,
  },
  {
    title: 'a trigger of the digests does nothing',
    sql: `DROP TRIGGER "Run_update_touched"; CREATE TRIGGER "Run_update_touched" AFTER UPDATE ON "Run" BEGIN SELECT 1; END`,
    says: /^Trigger Run_update_touched of table Run is not as/,
  },
  {
    title: 'a trigger of the chain is gone',
    sql: `DROP TRIGGER "Event_no_update"`,
    says: /^Trigger Event_no_update of table Event is missing/,
  },
  {
    title: 'a view shows other outcomes',
    sql: `DROP VIEW "board_log"; CREATE VIEW "board_log" AS SELECT "id" AS run_id, 'PASS' AS outcome FROM "Run"`,
    says: /^View board_log is not as/,
  },
  { title: 'a view is gone', sql: `DROP VIEW "audit_log"`, says: /^View audit_log is missing/ },
  {
    title: 'a view is added',
    sql: `CREATE VIEW "boards" AS SELECT 1`,
    says: /^View boards is no part of/,
  },
  { title: 'a table is added', sql: `CREATE TABLE "Notes" ("x")`, says: /^Table Notes is no part of/ },
  {
    title: 'a table for searching is added',
    sql: `CREATE VIRTUAL TABLE "search" USING fts5("text")`,
    says: /^Table search_content is no part of/,
  },
  {
    title: 'an index is gone',
    sql: `DROP INDEX "Run_jobId_idx"`,
    says: /^Index Run_jobId_idx of table Run is missing/,
  },
  {
    title: 'an index is added',
    sql: `CREATE UNIQUE INDEX "one" ON "Run" ("slot", "id")`,
    says: /^Index one of table Run is no part of/,
  },
  {
    title: 'an index leaves rows out',
    sql: `DROP INDEX "Run_jobId_idx"; CREATE INDEX "Run_jobId_idx" ON "Run" ("jobId") WHERE "outcome" = 'PASS'`,
    says: /^Index Run_jobId_idx of table Run is not as/,
  },
  {
    title: 'a column is added',
    sql: `ALTER TABLE "Run" ADD COLUMN "note" TEXT`,
    says: /^Table Run is not as/,
  },
  {
    title: 'a computed column is added',
    sql: `ALTER TABLE "Run" ADD COLUMN "note" TEXT AS ('PASS')`,
    says: /^Table Run is not as/,
  },
  {
    title: 'a default is another',
    sql: rewrite('WorkOrder', `replace("sql", 'DEFAULT ''open''', 'DEFAULT ''paused''')`),
    says: /^Table WorkOrder is not as/,
  },
  {
    title: 'a check of a column is gone',
    sql: rewrite('Account', `replace("sql", 'CHECK', '-- CHECK')`),
    says: /^Table Account is not as/,
  },
  {
    title: 'the file’s user_version is set',
    sql: 'PRAGMA user_version = 7',
    says: /^PRAGMA user_version is 7/,
  },
  {
    title: 'the file’s application_id is set',
    sql: 'PRAGMA application_id = 7',
    says: /^PRAGMA application_id is 7/,
  },
  {
    title: 'a migration is said not to be applied',
    sql: `DELETE FROM "Migration" WHERE "name" = (SELECT max("name") FROM "Migration")`,
    says: /is no part of|is not as/,
  },
  {
    title: 'a migration has another digest',
    sql: `UPDATE "Migration" SET "sha256" = 'ab' WHERE "name" = '0001_station'`,
    says: /another digest of migration 0001_station/,
  },
];

const last = '(SELECT max("id") FROM "Event")';

/** What can be done to the chain and to what was sealed. */
export const RECORD_FORGERIES: readonly Forgery[] = [
  ...['at', 'type', 'subject', 'actor', 'role', 'reason', 'data', 'dataSha256', 'previous', 'hash'].map(
    (column) => ({
      title: `Event.${column} is another`,
      sql: `UPDATE "Event" SET "${column}" = 'forged' WHERE "id" = 3`,
      says: /^Row [34] /,
    }),
  ),
  {
    title: 'the data of an event is a blob',
    sql: `UPDATE "Event" SET "data" = CAST("data" AS BLOB) WHERE "id" = 3`,
    says: /^Row 3 /,
  },
  { title: 'an event is gone', sql: `DELETE FROM "Event" WHERE "id" = 3`, says: /^Row 4 .*gone/ },
  {
    title: 'an event is put before all',
    sql: `INSERT INTO "Event" SELECT -5, "at", "type", "subject", "actor", "role", "reason", "data", "dataSha256", "previous", "hash" FROM "Event" WHERE "id" = 3`,
    says: /^Row -5 /,
  },
  {
    title: 'an event is put before all numbers',
    sql: `INSERT INTO "Event" SELECT -9223372036854775808, "at", "type", "subject", "actor", "role", "reason", "data", "dataSha256", "previous", "hash" FROM "Event" WHERE "id" = 3`,
    says: /where no row can be/,
  },
  {
    title: 'the last event is cut off',
    sql: `DELETE FROM "Event" WHERE "id" = ${last}`,
    says: /is missing: the chain ends/,
  },
  {
    title: 'the last event with digests is cut off, and SQLite made to forget it',
    sql: `DELETE FROM "Event" WHERE "id" = ${last}; UPDATE "sqlite_sequence" SET "seq" = ${last} WHERE "name" = 'Event'`,
    says: /otherwise|no event tells/,
  },
  {
    title: 'a sealed digest is another',
    sql: `UPDATE "Sealed" SET "digest" = 'forged' WHERE "table" = 'Job' AND "key" = 'id-1'`,
    says: /job id-1 \(table Job\)/,
  },
  {
    title: 'a sealed digest is gone with its row',
    sql: `DELETE FROM "Sealed" WHERE "table" = 'Job' AND "key" = 'id-1'; DELETE FROM "Job" WHERE "id" = 'id-1'`,
    says: /table Sealed was changed/,
  },
  {
    title: 'a sealed digest is put in with its row',
    sql: `INSERT INTO "Sealed" VALUES ('Job', 'zz', 'forged')`,
    says: /table Sealed was changed/,
  },
  {
    title: 'the boards are counted from a lower number',
    sql: `UPDATE "sqlite_sequence" SET "seq" = 1 WHERE "name" = 'Board'`,
    says: /of table Board was given, but table sqlite_sequence was set back to 1/,
  },
  {
    title: 'the boards are counted from the first number',
    sql: `DELETE FROM "sqlite_sequence" WHERE "name" = 'Board'`,
    says: /of table Board was given, but table sqlite_sequence was set back to nothing/,
  },
];
