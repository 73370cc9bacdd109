import { jest } from '@jest/globals';
import Sqlite from 'better-sqlite3';
import { recipesToOpen } from '../store/queue/recipes-to-open.ts';
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
const ALSO = [
  'LotBoard',
  'LotTrait',
  'CohortFinding',
  'RecordFinding',
  'Serial',
  'WorkOrder',
  'IdempotencyKey',
];

/** The parts of a statement's plan, as SQLite says it. */
function planOf(file: Sqlite.Database, sql: string): string[] {
  const values = Array.from(sql.matchAll(/\?/g), () => '[]');
  const plan = file.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[];
  return plan.map(({ detail }) => detail);
}

/** The parts that read a whole table or a whole index. */
function scansOf(file: Sqlite.Database, sql: string): string[] {
  // Prisma asks with 1=0 where nothing can be found.
  if (!/^\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH)\b/i.test(sql) || sql.includes('WHERE 1=0')) return [];
  return planOf(file, sql).filter((detail) => detail.startsWith('SCAN'));
}

/** The parts of plans that read all of a table that grows with the history. */
function growingScans(ledger: LedgerBench, statements: Iterable<string>): { scan: string; sql: string }[] {
  const file = new Sqlite(ledger.file);
  const tables = new RegExp(`^SCAN (?:main\\.)?(?:${[...GROWING, ...ALSO].join('|')}|[a-z])\\b`);
  const scans = [...statements].flatMap((sql) => scansOf(file, sql).map((scan) => ({ scan, sql })));
  file.close();
  // A list that was given is a virtual table; leases are as many as slots.
  const bounded = ({ scan, sql }: { scan: string; sql: string }) =>
    scan.includes('VIRTUAL TABLE') || (scan === 'SCAN l' && sql.includes('"Lease" l'));
  return scans.filter((one) => tables.test(one.scan) && !bounded(one));
}

test('no statement of a job, a claim or a run’s end reads all of a table that grows with the history', async () => {
  const ledger = await new LedgerBench().open();
  try {
    await ledger.recipe({ name: 'app', onDiffers: 'hold' });
    await ledger.order({ id: 'WO', recipe: { name: 'app' }, quantity: 9, lot: 'B7' });
    const seen = await statementsOf(async () => {
      await ledger.post({ workOrder: 'WO', units: [{ serial: 'SN1' }, { serial: 'SN2' }] });
      await ledger.post({ workOrder: 'WO', count: 2 });
      for (const outcome of ['FAIL', 'PASS'] as const) {
        const claim = (await ledger.claim('1', UID))!;
        await ledger.identified(claim, UID);
        await lotOf(ledger, 8, outcome === 'FAIL' ? '0x20036410' : '0x20016410');
        await ledger.identified(claim, UID);
        await ledger.end(claim, outcome);
      }
      await ledger.offer('1', { uid: UID });
    });
    expect(seen.size).toBeGreaterThan(50);
    expect(growingScans(ledger, seen)).toEqual([]);
  } finally {
    await ledger.close();
  }
});

test('whether slots are open for a shift is asked without reading all of a table that grows', async () => {
  const ledger = await new LedgerBench().open();
  try {
    await ledger.recipe({ name: 'app', openShift: 'golden-and-bad' });
    await ledger.post({ recipe: { name: 'app' }, count: 2 });
    const seen = await statementsOf(async () => {
      expect((await ledger.offer('1', { uid: UID })).waiting).toMatchObject({ reason: 'slot-not-open' });
      expect(await recipesToOpen(ledger.database, new Date().toISOString())).toHaveLength(1);
    });
    const asked = [...seen].filter((sql) => /"Run" l|"openShift" <>/.test(sql));
    expect(asked).toHaveLength(2);
    expect(growingScans(ledger, asked)).toEqual([]);
    const file = new Sqlite(ledger.file);
    const plan = planOf(
      file,
      asked.find((one) => one.includes('"Run" l'))!,
    );
    file.close();
    expect(plan.join('\n')).toContain('SEARCH l USING INDEX Run_reference_idx');
  } finally {
    await ledger.close();
  }
});

/** As if so many other boards of the lot had been read, all with one device id. */
async function lotOf(ledger: LedgerBench, boards: number, deviceId: string): Promise<void> {
  await ledger.database.lotTrait.deleteMany({ where: { lot: 'B7', trait: 'revision' } });
  const key = { lot: 'B7', trait: 'revision', value: deviceId };
  await ledger.database.lotTrait.create({ data: { ...key, boards } });
}

test('a board is compared with a million others of its lot by as many statements as with a thousand', async () => {
  const ledger = await new LedgerBench().open();
  try {
    await ledger.recipe({ name: 'app' });
    await ledger.order({ id: 'WO', recipe: { name: 'app' }, quantity: 9, lot: 'B7' });
    const sent: string[][] = [];
    for (const [boards, uid] of [
      [1000, UID],
      [1_000, OTHER],
      [1_000_000, THIRD],
    ] as const) {
      await ledger.post({ workOrder: 'WO', count: 1 });
      const claim = (await ledger.claim('1', uid))!;
      await lotOf(ledger, boards, '0x20016410');
      let answer: unknown = null;
      sent.push(await statementsIn(async () => (answer = await ledger.identified(claim, uid))));
      const said = `and ${boards} of ${boards} read 0x20016410`;
      expect(answer).toMatchObject({ finding: expect.stringContaining(said) as string });
      await ledger.end(claim, 'PASS');
    }
    // The first commit of a kind prepares what later ones have.
    const [, thousand, million] = sent.map(({ length }) => length);
    expect(million).toBe(thousand);
    expect(million).toBeGreaterThan(10);
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
