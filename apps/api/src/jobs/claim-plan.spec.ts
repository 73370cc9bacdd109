import { jest } from '@jest/globals';
import Sqlite from 'better-sqlite3';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { statementsIn, statementsOf } from '../testing/statements.ts';

jest.setTimeout(120_000);

const UID = '066fff485351885087174728';
const OTHER = '066fff485351885087174729';
const THIRD = '066fff48535188508717472a';
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
    const seen = await statementsOf(async () => {
      await ledger.post({ workOrder: 'WO', units: [{ serial: 'SN1' }, { serial: 'SN2' }] });
      await ledger.post({ workOrder: 'WO', count: 2 });
      for (const outcome of ['FAIL', 'PASS'] as const) {
        const claim = (await ledger.claim('1', UID))!;
        await ledger.identified(claim, UID);
        await ledger.end(claim, outcome);
      }
      await ledger.offer('1', { uid: UID });
    });
    const statements = [...seen];
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

/** The most statements of one claim, with BEGIN, the lock and COMMIT. */
const MOST = { count: 30, serial: 32, again: 34 };

test('a claim costs few statements, however much it must know of the board', async () => {
  const ledger = await new LedgerBench().open();
  try {
    await ledger.recipe({ name: 'app' });
    await ledger.order({ id: 'WO', recipe: { name: 'app' }, quantity: 90 });
    const sent: Record<string, string[]> = {};
    const claimed = async (name: keyof typeof MOST, uid: string) => {
      let claim: Awaited<ReturnType<typeof ledger.claim>> = null;
      sent[name] = await statementsIn(async () => (claim = await ledger.claim('1', uid)));
      await ledger.identified(claim!, uid);
      await ledger.end(claim!, 'PASS');
    };
    // The first commit of a run ever prepares what later ones have.
    await ledger.post({ workOrder: 'WO', count: 1 });
    await claimed('count', OTHER);
    await ledger.post({ workOrder: 'WO', count: 1 });
    await claimed('count', UID);
    await ledger.post({ recipe: { name: 'app' }, units: [{ slot: '1', serial: 'SN1' }] });
    await claimed('serial', THIRD);
    await ledger.post({ workOrder: 'WO', units: [{ serial: 'SN1', again: 'A person asked for it.' }] });
    await claimed('again', THIRD);
    for (const [name, most] of Object.entries(MOST)) {
      const { length } = sent[name]!;
      expect(length).toBeLessThanOrEqual(most);
      // A count of nothing would pass.
      expect(length).toBeGreaterThan(10);
    }
  } finally {
    await ledger.close();
  }
});
