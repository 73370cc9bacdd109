import { jest } from '@jest/globals';
import Sqlite from 'better-sqlite3';
import { LedgerBench } from '../testing/ledger-bench.ts';

jest.setTimeout(120_000);

const UID = '066fff485351885087174728';
/** Tables that grow with the history of a station. */
const GROWING = [
  'Run',
  'RunStep',
  'Job',
  'JobUnit',
  'Board',
  'BoardSerial',
  'BoardAttempts',
  'OrderBoard',
  'Decision',
];
const ALSO = ['RecordFinding', 'Serial', 'WorkOrder', 'IdempotencyKey'];

type Prepare = (this: Sqlite.Database, sql: string) => Sqlite.Statement;

/** The statements that some work sends to SQLite, each once. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const seen = new Set<string>();
  const prototype = Sqlite.prototype as unknown as { prepare: Prepare };
  const { prepare } = prototype;
  prototype.prepare = function (sql) {
    seen.add(sql);
    return prepare.call(this, sql);
  };
  try {
    await work();
  } finally {
    prototype.prepare = prepare;
  }
  return [...seen];
}

/** The parts of a statement's plan that read a whole table or a whole index, as SQLite says it. */
function scansOf(file: Sqlite.Database, sql: string): string[] {
  // Prisma asks with 1=0 where nothing can be found.
  if (!/^\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH)\b/i.test(sql) || sql.includes('WHERE 1=0')) return [];
  const values = Array.from(sql.matchAll(/\?/g), () => '[]');
  const plan = file.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[];
  return plan.map(({ detail }) => detail).filter((detail) => detail.startsWith('SCAN'));
}

test('no statement of a job, a claim or a run’s end reads all of a table that grows with the history', async () => {
  const ledger = await new LedgerBench().open();
  try {
    await ledger.recipe({ name: 'app', onDiffers: 'hold' });
    await ledger.order({ id: 'WO', recipe: { name: 'app' }, quantity: 9 });
    const statements = await statementsOf(async () => {
      await ledger.post({ workOrder: 'WO', units: [{ serial: 'SN1' }, { serial: 'SN2' }] });
      await ledger.post({ workOrder: 'WO', count: 2 });
      for (const outcome of ['FAIL', 'PASS'] as const) {
        const claim = (await ledger.claim('1', UID))!;
        await ledger.identified(claim, UID);
        await ledger.end(claim, outcome);
      }
      await ledger.offer('1', { uid: UID });
    });
    expect(statements.length).toBeGreaterThan(50);
    const file = new Sqlite(ledger.file);
    const tables = new RegExp(`^SCAN (?:main\\.)?(?:${[...GROWING, ...ALSO].join('|')}|[a-z])\\b`);
    const scans = statements.flatMap((sql) => scansOf(file, sql).map((scan) => ({ scan, sql })));
    file.close();
    // A list that was given is a virtual table; leases are as many as slots.
    const bounded = ({ scan, sql }: { scan: string; sql: string }) =>
      scan.includes('VIRTUAL TABLE') || (scan === 'SCAN l' && sql.includes('"Lease" l'));
    const grows = scans.filter((one) => tables.test(one.scan) && !bounded(one));
    expect(grows).toEqual([]);
  } finally {
    await ledger.close();
  }
});
