import { jest } from '@jest/globals';
import type { Outcome } from '@boardwalk/contracts';
import { LedgerBench } from '../testing/ledger-bench.ts';

jest.setTimeout(60_000);

const [A, B] = ['066fff485351885087174728', '066cff485349755087114331'];

let ledger: LedgerBench;
beforeEach(async () => {
  ledger = await new LedgerBench().open();
  await ledger.recipe({ name: 'app' });
});
afterEach(() => ledger.close());

/** A run of one board from its claim to its end; the identity is read in the run where `read` is given. */
async function run({
  uid = null,
  serial,
  read,
  slot = '1',
  outcome = 'PASS',
  recipe = 'app',
}: {
  uid?: string | null;
  serial?: string;
  read?: string;
  slot?: string;
  outcome?: Outcome;
  recipe?: string;
}): Promise<string> {
  const unit = { slot, ...(serial === undefined ? {} : { serial, again: 'tested again' }) };
  await ledger.post({ recipe: { name: recipe }, units: [unit] });
  const claim = (await ledger.claim(slot, uid))!;
  if (read !== undefined) await ledger.identified(claim, read);
  await ledger.end(claim, outcome);
  return claim.runId;
}

const rows = () =>
  ledger.database.run.findMany({
    orderBy: { sequence: 'asc' },
    select: { board: true, attempt: true, outcome: true },
  });
const attempts = async () => (await rows()).map(({ board, attempt }) => [board, attempt]);

test('a chip is one board with one number, and its attempts are counted over its life', async () => {
  await run({ uid: A, outcome: 'FAIL' });
  await run({ uid: B });
  await run({ uid: A, slot: '2' });
  expect(await attempts()).toEqual([
    [1, 1],
    [2, 1],
    [1, 2],
  ]);
  const board = await ledger.database.board.findUniqueOrThrow({ where: { uid: A } });
  expect(board).toMatchObject({ runs: 2, attempts: 2, passes: 1, firstOutcome: 'FAIL', lastOutcome: 'PASS' });
});

test('an aborted run is no attempt, and each recipe has its own', async () => {
  await ledger.recipe({ name: 'other' });
  await run({ uid: A, outcome: 'ABORTED' });
  await run({ uid: A, recipe: 'other' });
  await run({ uid: A });
  expect(await attempts()).toEqual([
    [1, null],
    [1, 1],
    [1, 1],
  ]);
});

test('a run without a unique id joins the board of its serial once the unique id is read', async () => {
  await run({ serial: 'SN1', outcome: 'FAIL' });
  await run({ serial: 'SN1', read: A });
  await run({ uid: A });
  expect(await attempts()).toEqual([
    [1, 1],
    [1, 2],
    [1, 3],
  ]);
  expect(await ledger.database.board.findMany()).toMatchObject([{ uid: A, serial: 'SN1', runs: 3 }]);
});

test('two boards that are one chip become one, which is an event and counts attempts again in the record’s order', async () => {
  await run({ serial: 'SN1', outcome: 'FAIL' });
  await run({ uid: A, outcome: 'ERROR' });
  await run({ serial: 'SN1', read: A });
  expect(await attempts()).toEqual([
    [2, 1],
    [2, 2],
    [2, 3],
  ]);
  const merged = (await ledger.events.after(0, 1000)).filter(({ type }) => type === 'board.changed');
  expect(merged.map(({ data }) => data)).toMatchObject([{ number: 2, mergedFrom: 1, serial: 'SN1' }]);
  expect(await ledger.database.board.findUniqueOrThrow({ where: { number: 1 } })).toMatchObject({
    mergedInto: 2,
    runs: 0,
  });
});

test.each(['000000000000000000000000', 'ffffff07ffffffffffffffff'])(
  'a unique id of %s tells no board: the serial does, and without one each run is a board of its own',
  async (uid) => {
    await run({ uid, serial: 'SN1' });
    await run({ uid, serial: 'SN2' });
    await run({ uid, serial: 'SN1' });
    await run({ uid });
    await run({ uid });
    expect((await rows()).map(({ board }) => board)).toEqual([1, 2, 1, 3, 4]);
  },
);

test('a run’s sequence is the id of its run.started event, and a job’s that of job.created', async () => {
  const id = await run({ uid: A });
  const events = await ledger.events.after(0, 1000);
  const { sequence, jobId } = await ledger.database.run.findUniqueOrThrow({ where: { id } });
  const job = await ledger.database.job.findUniqueOrThrow({ where: { id: jobId } });
  const [created, started] = ['job.created', 'run.started'].map(
    (type) => events.find((event) => event.type === type) as { id: number; data: { sequence: number } },
  );
  expect([started!.id, started!.data.sequence]).toEqual([sequence, sequence]);
  expect([created!.id, created!.data.sequence]).toEqual([job.sequence, job.sequence]);
});

test('a run that began on the board of its serial moves to the chip that it really is, and the doubt is told', async () => {
  await ledger.recipe({ name: 'strict', onRecordDoubt: 'hold' });
  await run({ serial: 'SN1', read: A });
  await ledger.post({ recipe: { name: 'strict' }, units: [{ slot: '1', serial: 'SN1' }] });
  const claim = (await ledger.claim('1'))!;
  expect(await ledger.identified(claim, B)).toMatchObject({ hold: { reason: 'record-held' } });
  await ledger.end(claim, 'ABORTED', 'record-held');
  expect(await attempts()).toEqual([
    [1, 1],
    [2, null],
  ]);
  const doubts = await ledger.database.commit((transaction) =>
    ledger.boards.doubts(transaction, { uid: B, serial: 'SN1' }),
  );
  expect(doubts).toMatchObject([{ kind: 'serial-on-second-uid', otherUid: A, otherSerial: 'SN1', board: 2 }]);
  expect(await ledger.database.board.findUniqueOrThrow({ where: { number: 2 } })).toMatchObject({
    serial: null,
  });
});
