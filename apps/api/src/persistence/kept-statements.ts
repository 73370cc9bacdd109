import type Sqlite from 'better-sqlite3';

/** Statements that a connection keeps; the one used longest ago goes first. */
const KEPT = 500;
/** A longer text was built for one call and is not met again. */
const LONGEST_TEXT = 8_000;

type Values = unknown[];

/** What Prisma's adapter calls of a connection. */
interface Client {
  prepare(sql: string): { bind(values: Values): Bound; run(): Sqlite.RunResult };
  exec(sql: string): void;
  close(): void;
}

/** What Prisma's adapter calls of a statement that has its values. */
interface Bound {
  readonly reader: boolean;
  columns(): Sqlite.ColumnDefinition[];
  run(): Sqlite.RunResult;
  raw(): { all(): unknown[] };
}

/**
 * A connection that prepares each text of SQL once. Prisma's adapter prepares and binds for every call, which costs more
 * than most of the calls themselves. SQLite prepares a kept statement again by itself after a change of the schema
 * (sqlite.org/c3ref/prepare.html). The libraries' own statements are apart: these return raw rows for ever.
 */
export function keepingStatements(file: Sqlite.Database): Client {
  const kept = new Map<string, Sqlite.Statement>();
  const statementOf = (sql: string): Sqlite.Statement => {
    if (sql.length > LONGEST_TEXT) return file.prepare(sql);
    const statement = kept.get(sql) ?? file.prepare(sql);
    kept.delete(sql);
    kept.set(sql, statement);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
    return statement;
  };
  return {
    prepare: (sql) => {
      const statement = statementOf(sql);
      return { bind: (values) => bound(statement, values), run: () => statement.run() };
    },
    exec: (sql) => void file.exec(sql),
    close: () => void file.close(),
  };
}

function bound(statement: Sqlite.Statement, values: Values): Bound {
  return {
    reader: statement.reader,
    columns: () => statement.columns(),
    run: () => statement.run(values),
    raw: () => ({ all: () => statement.raw().all(values) }),
  };
}
