import Sqlite from 'better-sqlite3';

/** Tables with a row a slot, a start, a table or a change of one transaction: to read them whole is no growing work. */
const SMALL = /^SCAN (?:Station|Upgrade|Lease|l|Reservation|Generation|Sealing|Touched|sqlite_schema)\b/;
/** A list that JSON brings is as long as what was asked for; what fills a part of the statement has its own lines. */
const GIVEN = /VIRTUAL TABLE|CONSTANT ROW|^SCAN (?:(?:k|given|json_each|sub)\b|\(subquery-\d+\))/;

type Run = (this: { readonly source: string }, ...values: unknown[]) => unknown;
const WAYS = ['run', 'get', 'all', 'iterate'] as const;

/** A statement as it was sent, and what it was given. */
export interface Sent {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** Calls `hear` with every statement that this process sends to SQLite while `work` runs, prepared before or not. */
export async function listen(work: () => Promise<unknown>, hear: (sent: Sent) => void): Promise<void> {
  const memory = new Sqlite(':memory:');
  const prototype = Object.getPrototypeOf(memory.prepare('SELECT 1')) as Record<(typeof WAYS)[number], Run>;
  memory.close();
  const own = WAYS.map((way) => [way, prototype[way]] as const);
  for (const [way, run] of own)
    prototype[way] = function (...values) {
      hear({ sql: this.source, values: values.flat() });
      return run.apply(this, values);
    };
  try {
    await work();
  } finally {
    for (const [way, run] of own) prototype[way] = run;
  }
}

/** Every such statement, in their order. */
export async function statementsIn(work: () => Promise<unknown>): Promise<string[]> {
  const sent: string[] = [];
  await listen(work, ({ sql }) => sent.push(sql));
  return sent;
}

/** The same statements, each once. */
export async function statementsOf(work: () => Promise<unknown>): Promise<Set<string>> {
  return new Set(await statementsIn(work));
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
