import { jest } from '@jest/globals';
import type { Assessment, Identity, Measurement } from '@boardwalk/contracts';
import { boardIn } from '../boards/board-view.ts';
import { asCaller } from '../events/caller.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';

jest.setTimeout(120_000);

const [Y, Z] = ['0x20036410', '0x20016410'];
const chip = (index: number): string => `066fff48535188508717${index.toString(16).padStart(4, '0')}`;

let bench: LedgerBench;
beforeEach(async () => {
  bench = await new LedgerBench().open();
  await bench.recipe({ name: 'noting' });
  await bench.recipe({ name: 'holding', onCohortChange: 'hold' });
  await bench.order({ id: 'NOTES', recipe: { name: 'noting' }, quantity: 500, lot: 'B7' });
  await bench.order({ id: 'HOLDS', recipe: { name: 'holding' }, quantity: 500, lot: 'B7' });
});
afterEach(() => bench.close());

interface Shown {
  readonly deviceId?: string;
  readonly order?: string;
  readonly said?: Partial<Assessment>;
  readonly shows?: Partial<Identity>;
  readonly eraseMs?: number;
}

/** A board runs once. @returns what the record says about it when its chip was read */
async function run(index: number, { deviceId = Y, order = 'NOTES', said, shows, eraseMs }: Shown = {}) {
  const again = 'The test runs a board twice.';
  await bench.post({ workOrder: order, units: [{ slot: '1', serial: `SN${index}`, again }] });
  const { claim, waiting } = await bench.offer('1', { uid: chip(index) });
  if (!claim) return { waiting: waiting!.reason };
  const answer = await bench.identified(claim, chip(index), { deviceId, ...shows }, said);
  const held = answer !== undefined && 'hold' in answer;
  const measurements: Measurement[] = [
    { name: 'page erase time', value: eraseMs ?? 0, unit: 'ms', min: null, max: null, inLimits: true },
  ];
  const step = { index: 1, step: 'erase', state: 'passed' as const, startedAt: new Date().toISOString() };
  const rest = { durationMs: 1, detail: '', code: null, remedy: null, measurements };
  const steps = eraseMs === undefined ? [] : [{ ...step, ...rest }];
  if (held) await bench.end(claim, 'ABORTED', answer.hold.reason);
  else await bench.end(claim, 'PASS', null, steps);
  return answer === undefined ? {} : answer;
}

async function runs(from: number, count: number, shown: Shown = {}): Promise<void> {
  for (let index = from; index < from + count; index += 1) expect(await run(index, shown)).toEqual({});
}

const boardOf = async (index: number) =>
  boardIn(
    bench.database,
    (await bench.database.board.findUniqueOrThrow({ where: { uid: chip(index) } })).number,
  );
const decide = (decision: 'accept' | 'reject') =>
  asCaller({ actor: 'q.meier', role: 'quality', reason: null }, () =>
    bench.decisions.ofLot('B7', { about: 'cohort', decision, reason: 'looked at the reel' }),
  );

test('the first seven boards of a lot say nothing of an eighth; the ninth that differs is noted and goes on', async () => {
  await runs(1, 7);
  expect(await run(8, { deviceId: Z })).toEqual({});
  await runs(9, 8);
  const said = `Unlike the other boards of lot B7: the device id and its revision reads 0x20006410, and 15 of 16 read ${Y}.`;
  expect(await run(20, { deviceId: '0x20006410' })).toEqual({ finding: said });
  expect(await boardOf(20)).toMatchObject({
    state: 'free',
    cohort: [
      {
        ...{ lot: 'B7', against: 'lot', trait: 'revision', read: '0x20006410', expected: Y },
        ...{ boards: 15, of: 16, policy: 'note' },
      },
    ],
  });
});

test('a board counts once in its lot, however often it runs, and is not compared with itself', async () => {
  await runs(1, 7);
  await run(7);
  await run(7);
  expect(await run(30, { deviceId: Z })).toEqual({});
  await run(8);
  expect(await run(30, { deviceId: Z })).toMatchObject({
    finding: expect.stringMatching(/8 of 8/) as string,
  });
  const counted = await bench.database.lotTrait.findMany({ where: { trait: 'revision' } });
  expect(counted.map(({ value, boards }) => [value, boards]).sort()).toEqual([
    [Z, 1],
    [Y, 8],
  ]);
});

test('where the recipe holds, the first board unlike its lot is noted and the second in a row waits for a person', async () => {
  await runs(1, 8, { order: 'HOLDS' });
  const other = { deviceId: Z, order: 'HOLDS' };
  expect(await run(10, other)).toHaveProperty('finding');
  await run(9, { order: 'HOLDS' });
  expect(await run(11, other)).toHaveProperty('finding');
  expect(await run(11, other)).toHaveProperty('finding');
  expect(await run(12, other)).toMatchObject({ hold: { reason: 'cohort-held' } });
  expect(await boardOf(12)).toMatchObject({
    state: 'held',
    held: { about: 'cohort', reason: 'cohort-held' },
    cohort: [{ policy: 'hold' }],
  });
  expect(await run(12, other)).toEqual({ waiting: 'board-held' });
});

test('a decision about the lot accepts its new revision: held boards go on, and later ones are like the lot', async () => {
  await runs(1, 8, { order: 'HOLDS' });
  const other = { deviceId: Z, order: 'HOLDS' };
  await run(10, other);
  await run(11, other);
  expect((await decide('accept')).boards).toEqual([(await boardOf(11)).number]);
  expect(await boardOf(11)).toMatchObject({ state: 'free', held: null });
  for (const index of [11, 12, 13]) expect(await run(index, other)).toEqual({});
  // A third revision is another question, and the two accepted ones agree against it.
  const third = { deviceId: '0x20006410', order: 'HOLDS' };
  expect(await run(14, third)).toHaveProperty('finding');
});

test('a board that a person accepted runs, noted, and is no first of a row', async () => {
  await runs(1, 8, { order: 'HOLDS' });
  const other = { deviceId: Z, order: 'HOLDS' };
  await run(10, other);
  await run(11, other);
  await asCaller({ actor: 'q.meier', role: 'quality', reason: null }, () =>
    bench.decisions.ofBoard(chip(11), {}, { about: 'cohort', decision: 'accept', reason: 'an old reel' }),
  );
  expect(await run(11, other)).toHaveProperty('finding');
  expect((await boardOf(11)).cohort.map(({ policy }) => policy)).toEqual(['hold', 'accept']);
});

test('boot ROM, core, family and erase time are compared; what was not read is not', async () => {
  const usual = { shows: { bootRomSha256: 'aa'.repeat(32), cpuid: '0x411fc231' }, eraseMs: 20 };
  await runs(1, 9, usual);
  expect(await run(10, { shows: { bootRomSha256: null, cpuid: null } })).toEqual({});
  const found = {
    shows: { bootRomSha256: 'bb'.repeat(32), cpuid: '0x412fc231' },
    said: { verdict: 'differs' as const, resembles: 'GD32F1' },
    eraseMs: 200,
  };
  expect(await run(11, found)).toHaveProperty('finding');
  expect((await boardOf(11)).cohort.map(({ trait }) => trait)).toEqual([
    ...['bootRom', 'core', 'family'],
    'eraseTime',
  ]);
});

test('a golden board and its runs are in no lot; where a lot says nothing, boards are compared with it', async () => {
  await run(1, { deviceId: Z });
  expect(await bench.database.lotBoard.count()).toBe(1);
  const { number } = await boardOf(1);
  const mark = async (reference: string | null) => {
    await bench.database.commit(async (transaction) => {
      await transaction.board.update({ where: { number }, data: { reference } });
      await bench.boards.recount(transaction, number);
    });
  };
  await mark('golden');
  expect(await bench.database.lotBoard.count()).toBe(0);
  expect(await bench.database.lotTrait.findMany({ where: { boards: { gt: 0 } } })).toEqual([]);
  expect(await run(1, { deviceId: Z })).toEqual({});
  expect(await run(2)).toMatchObject({
    finding: `Unlike the golden boards of this recipe: the device id and its revision reads ${Y}, and 1 of 1 read ${Z}.`,
  });
  expect(await run(3, { deviceId: Z })).toEqual({});
  await mark(null);
  expect(await bench.database.lotBoard.count()).toBe(3);
});

test('a board in no lot is compared with nothing', async () => {
  await bench.post({ recipe: { name: 'holding' }, units: [{ slot: '1', serial: 'SN1' }] });
  const claim = (await bench.claim('1', chip(1)))!;
  expect(await bench.identified(claim, chip(1))).toBeUndefined();
  await bench.end(claim, 'PASS');
  expect(await bench.database.lotBoard.count()).toBe(0);
});
