import { jest } from '@jest/globals';
import { CreateRevision, type Outcome, type ReferenceKind } from '@boardwalk/contracts';
import { BoardLookup } from '../boards/board-lookup.ts';
import { BoardMarks } from '../boards/board-marks.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { statementsIn } from '../testing/statements.ts';

jest.setTimeout(120_000);

const chip = (index: number): string => `066fff48535188508717${index.toString(16).padStart(4, '0')}`;
const [GOLDEN, BAD, BOARD] = [chip(1), chip(2), chip(3)];
const DAY_MS = 86_400_000;

let bench: LedgerBench;
beforeEach(async () => {
  bench = await new LedgerBench().open();
  await bench.recipe({ name: 'app', openShift: 'golden-and-bad' });
  await bench.order({ id: 'WO', recipe: { name: 'app' }, quantity: 9, lot: 'B7' });
  await mark(GOLDEN, 'golden');
  await mark(BAD, 'bad');
});
afterEach(() => bench.close());

function mark(uid: string, kind: ReferenceKind | null) {
  const { database, boards, events } = bench;
  const marks = new BoardMarks(database, new BoardLookup(database), boards, events);
  return marks.referenceInSlot('1', uid, { kind, note: null });
}

/** The board runs in the slot and ends so. @returns why it did not start, or null */
async function run(uid: string, outcome: Outcome, slot = '1'): Promise<string | null> {
  const { claim, waiting } = await bench.offer(slot, { uid });
  if (!claim) return waiting?.detail ?? 'nothing waits for it';
  await bench.identified(claim, uid);
  await bench.end(claim, outcome, outcome === 'FAIL' ? 'verify-mismatch' : null);
  return null;
}

async function opened(slot = '1'): Promise<void> {
  expect([await run(GOLDEN, 'PASS', slot), await run(BAD, 'FAIL', slot)]).toEqual([null, null]);
}

const NOT_OPEN = /^Slot 1 is not open for \d{4}-\d\d-\d\d: no golden board was run in it .*slot 1\.$/;

test('a slot runs no board of the order until its golden board passed and its known-bad one failed', async () => {
  await bench.post({ workOrder: 'WO', count: 2 });
  expect(await run(BOARD, 'PASS')).toMatch(NOT_OPEN);
  expect(await run(GOLDEN, 'PASS')).toBeNull();
  expect(await run(BOARD, 'PASS')).toMatch(/no known-bad board .* Put the known-bad board into slot 1\.$/);
  expect(await run(BAD, 'FAIL')).toBeNull();
  expect(await run(BOARD, 'PASS')).toBeNull();
  expect((await bench.offer('2', { uid: chip(4) })).waiting).toMatchObject({ reason: 'slot-not-open' });
});

test('a slot that passes everything stays closed, and opens once it fails the known-bad board', async () => {
  await bench.post({ workOrder: 'WO', count: 2 });
  expect([await run(GOLDEN, 'PASS'), await run(BAD, 'PASS')]).toEqual([null, null]);
  expect(await run(BOARD, 'PASS')).toMatch(/known-bad board 2 passed in it, and must fail\. .*engineer\.$/);
  expect(await run(BAD, 'ABORTED')).toBeNull();
  expect(await run(BOARD, 'PASS')).toMatch(/passed in it, and must fail/);
  expect(await run(BAD, 'FAIL')).toBeNull();
  expect(await run(BOARD, 'PASS')).toBeNull();
});

test('reference boards are in no count of order, job and lot, and each board of the job is still made', async () => {
  const { id } = await bench.post({ workOrder: 'WO', count: 2 });
  await opened();
  expect((await bench.jobs.get(id)).counts).toMatchObject({ requested: 2, running: 0, passed: 0, failed: 0 });
  expect(await bench.orders.get('WO')).toMatchObject({ passed: 0, running: 0 });
  expect(await bench.database.lotBoard.count()).toBe(0);
  expect([await run(BOARD, 'PASS'), await run(chip(4), 'PASS')]).toEqual([null, null]);
  expect(await bench.jobs.get(id)).toMatchObject({ state: 'completed', counts: { passed: 2, failed: 0 } });
  expect(await bench.orders.get('WO')).toMatchObject({ passed: 2 });
});

test('a unit with a serial is lent: the golden board keeps its own name, and the unit waits for its board', async () => {
  await bench.post({ workOrder: 'WO', units: [{ serial: 'SN1' }] });
  await opened();
  const runs = await bench.database.run.findMany({ select: { serial: true, reference: true } });
  expect(runs).toEqual([
    { serial: null, reference: 'golden' },
    { serial: null, reference: 'bad' },
  ]);
  expect(await bench.database.jobUnit.findMany({ select: { serial: true, state: true } })).toEqual([
    { serial: 'SN1', state: 'queued' },
  ]);
  const { claim } = await bench.offer('1', { uid: BOARD });
  expect(claim?.serial).toBe('SN1');
});

test('while a golden board runs it takes no place of its order, and its mark cannot be taken away', async () => {
  await bench.post({ workOrder: 'WO', units: [{ serial: 'SN1' }] });
  const claim = (await bench.claim('1', GOLDEN))!;
  expect(await bench.orders.get('WO')).toMatchObject({ passed: 0, running: 0 });
  await expect(mark(GOLDEN, null)).rejects.toMatchObject({ code: 'wrong-state' });
  await bench.end(claim, 'PASS');
  await mark(GOLDEN, null);
  expect(await bench.orders.get('WO')).toMatchObject({ passed: 1, running: 0 });
});

test('a board that is marked while it runs for an order gives its place and its unit back', async () => {
  await bench.recipe({ name: 'plain' });
  await bench.order({ id: 'PLAIN', recipe: { name: 'plain' }, quantity: 1 });
  const { id } = await bench.post({ workOrder: 'PLAIN', count: 1 });
  const claim = (await bench.claim('1', BOARD))!;
  expect(await bench.orders.get('PLAIN')).toMatchObject({ running: 1 });
  await mark(BOARD, 'golden');
  await bench.end(claim, 'PASS');
  expect((await bench.jobs.get(id)).counts).toMatchObject({ running: 0, passed: 0 });
  expect(await bench.orders.get('PLAIN')).toMatchObject({ passed: 0, running: 0 });
  expect(await run(chip(4), 'PASS')).toBeNull();
  expect(await bench.jobs.get(id)).toMatchObject({ state: 'completed', counts: { passed: 1 } });
});

test('a golden board keeps the number that it got first, also where a second serial is accepted', async () => {
  await bench.range({ name: 'R', source: 'counter', format: { prefix: 'N', width: 4 } });
  const patches = [
    { from: 'range', range: 'R', address: '0x0800fc00', encoding: 'ascii', bytes: 5 },
  ] as const;
  await bench.recipe({ name: 'numbered', patches: [...patches], onRecordDoubt: 'accept' });
  await bench.post({ recipe: { name: 'numbered' }, count: 1 });
  for (const uid of [GOLDEN, GOLDEN, BOARD]) expect(await run(uid, 'PASS')).toBeNull();
  const runs = await bench.database.run.findMany({ orderBy: { sequence: 'asc' }, select: { serial: true } });
  expect(runs.map(({ serial }) => serial)).toEqual(['N0001', 'N0001', 'N0002']);
});

test('a unit that names the slot and another serial waits for that board', async () => {
  await bench.post({ workOrder: 'WO', units: [{ serial: 'SN1', slot: '1' }] });
  expect(await run(GOLDEN, 'PASS')).toBe(
    'Board 1 is a golden board and does not have serial SN1. Take it out and put in SN1.',
  );
});

test('a job that names the slot alone runs the board in it, and is done', async () => {
  const { id } = await bench.post({ recipe: { name: 'app' }, units: [{ slot: '1' }] });
  expect(await run(GOLDEN, 'PASS')).toBeNull();
  expect(await bench.jobs.get(id)).toMatchObject({ state: 'completed' });
});

test('a lent unit waits again after the station ended in the middle of the run, which opens nothing', async () => {
  await bench.post({ workOrder: 'WO', count: 1 });
  const claim = (await bench.claim('1', GOLDEN))!;
  await bench.identified(claim, GOLDEN);
  expect(await bench.ledger.recover()).toBe(1);
  const [unit] = await bench.database.jobUnit.findMany();
  expect(unit).toMatchObject({ state: 'queued', runId: null });
  expect(await run(BOARD, 'PASS')).toMatch(NOT_OPEN);
});

test('a lent unit of a job that was cancelled meanwhile does not wait again', async () => {
  const { id } = await bench.post({ workOrder: 'WO', count: 1 });
  const claim = (await bench.claim('1', GOLDEN))!;
  await bench.jobs.act(id, 'cancel', 'The test cancels it.');
  await bench.end(claim, 'PASS');
  expect(await bench.database.jobUnit.findMany({ select: { state: true } })).toEqual([{ state: 'done' }]);
});

test('the next day the slot is closed, and the same boards open it again for the same job', async () => {
  await bench.post({ workOrder: 'WO', count: 3 });
  await opened();
  const startedAt = new Date(Date.now() - DAY_MS).toISOString();
  await bench.database.run.updateMany({ data: { startedAt } });
  expect(await run(BOARD, 'PASS')).toMatch(NOT_OPEN);
  await opened();
  expect(await run(BOARD, 'PASS')).toBeNull();
});

test('another revision of the recipe is checked for itself', async () => {
  const { id } = await bench.post({ workOrder: 'WO', count: 3 });
  await opened();
  await bench.jobs.act(id, 'cancel', 'The next revision is made.');
  const { image } = bench;
  await bench.recipes.revise('app', CreateRevision.parse({ image, openShift: 'golden' }));
  await bench.post({ recipe: { name: 'app', revision: 2 }, units: [{ slot: '1', serial: 'SN9' }] });
  expect(await run(chip(9), 'PASS')).toMatch(/no golden board was run in it with recipe "app" revision 2/);
});

test('a board whose mark is taken away has opened nothing', async () => {
  await bench.post({ workOrder: 'WO', count: 3 });
  await opened();
  await mark(GOLDEN, null);
  expect(await run(BOARD, 'PASS')).toMatch(NOT_OPEN);
});

test('every run of a reference board tells whether its slot is open, with the runs that say so', async () => {
  await bench.post({ workOrder: 'WO', count: 3 });
  await opened();
  const told = (await bench.events.after(0, 1000)).flatMap(({ type, data }) =>
    type === 'slot.checked' ? [data] : [],
  );
  expect(told.map(({ slot, open, checks }) => [slot, open, checks.map(({ result }) => result)])).toEqual([
    ['1', false, ['right', 'missing']],
    ['1', true, ['right', 'right']],
  ]);
  expect(told[1]).toMatchObject({
    ...{ recipe: { name: 'app', revision: 1 }, detail: null, remedy: null },
    checks: [
      { kind: 'golden', board: 1, outcome: 'PASS' },
      { kind: 'bad', board: 2, outcome: 'FAIL' },
    ],
  });
});

test('a claim asks one statement more where its recipe asks for reference boards, and none where it does not', async () => {
  await bench.recipe({ name: 'plain' });
  const sent: Record<string, number> = {};
  const claimed = async (name: string, uid: string) => {
    await bench.post({ recipe: { name }, count: 1 });
    const statements = await statementsIn(async () => expect(await bench.claim('1', uid)).not.toBeNull());
    sent[name] = statements.length;
    await bench.ledger.recover();
  };
  await bench.post({ recipe: { name: 'app' }, count: 1 });
  await opened();
  await bench.database.job.updateMany({ data: { state: 'cancelled' } });
  // The first commit of a kind prepares what later ones have.
  await claimed('plain', chip(10));
  await claimed('plain', chip(11));
  await claimed('app', chip(12));
  expect(sent['app']! - sent['plain']!).toBe(1);
});
