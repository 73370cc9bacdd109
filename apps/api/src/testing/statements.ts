import Sqlite from 'better-sqlite3';

/** Tables with a row a slot, a start or a table: to read them whole is no growing work. */
const SMALL = /^SCAN (?:Station|Upgrade|Lease|l|Reservation|Generation|Sealing|sqlite_schema)\b/;
/** A list that JSON brings, or that a part of the statement found, is as long as what was asked for. */
const GIVEN = /VIRTUAL TABLE|CONSTANT ROW|^SCAN (?:k|given|json_each|sub)\b/;

/** Every statement that this process prepares while `work` runs, as the SQLite library is given it. */
export async function statementsOf(work: () => Promise<unknown>): Promise<Set<string>> {
  const prototype = Sqlite.prototype as { prepare: (this: unknown, sql: string) => unknown };
  const { prepare } = prototype;
  const seen = new Set<string>();
  prototype.prepare = function (sql) {
    seen.add(sql);
    return prepare.call(this, sql);
  };
  try {
    await work();
  } finally {
    prototype.prepare = prepare;
  }
  return seen;
}

/** The parts of a statement's plan that read a whole table or index, whose cost grows with the record. */
export function growingWork(database: Sqlite.Database, sql: string): string[] {
  if (!/^\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH)\b/i.test(sql) || /WHERE (?:FALSE|1=0)/.test(sql)) return [];
  const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`);
  const values = Array.from({ length: sql.split('?').length - 1 }, () => '[]');
  const rows = plan.all(...values) as { detail: string }[];
  // The newest row of a table by its key is one row, though SQLite calls it a scan.
  const newest =
    /ORDER BY [^)]*LIMIT \?/i.test(sql) && !rows.some(({ detail }) => detail.includes('TEMP B-TREE'));
  return rows
    .map(({ detail }) => detail)
    .filter((detail) => detail.startsWith('SCAN') && !SMALL.test(detail) && !GIVEN.test(detail) && !newest);
}
