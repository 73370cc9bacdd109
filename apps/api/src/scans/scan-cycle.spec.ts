import { jest } from '@jest/globals';
import type { ScanResult } from '@boardwalk/contracts';
import { ScanBench } from '../testing/scan-bench.ts';

jest.setTimeout(180_000);

let bench: ScanBench;
beforeAll(async () => {
  bench = await new ScanBench(['-', '-', '-']).open();
  await bench.recipes('app');
});
afterAll(() => bench.close());
afterEach(async () => {
  for (const slot of ['1', '2', '3']) await bench.remove(slot);
});

/** Chooses a new order. */
let orders = 0;
async function ordered(rest: object = {}): Promise<string> {
  const id = `WO-${(orders += 1)}`;
  await bench.order(id, rest);
  await bench.scan(id);
  return id;
}
const matching = (pattern: RegExp): string => expect.stringMatching(pattern) as string;
const serialIn = (slot: string, message: string): Partial<ScanResult> => ({
  meaning: 'serial',
  slot,
  message,
});

test('a code that is scanned twice is one board: it runs in the slot that was named, once', async () => {
  const order = await ordered();
  const [first, second] = await Promise.all([bench.scan('SN0001'), bench.scan('SN0001')]);
  const [named, again] = first.jobId ? [first, second] : [second, first];
  expect(named).toEqual({
    meaning: 'serial',
    value: 'SN0001',
    message: 'Slot 1: put in SN0001.',
    jobId: expect.any(String) as string,
    slot: '1',
    expects: 'board',
    order: { id: order, passed: 0, of: 30 },
    reservedUntil: expect.any(String) as string,
  });
  expect(again).toMatchObject({ ...serialIn('1', 'SN0001 is in slot 1.'), jobId: null });
  expect(await bench.slot('1')).toMatchObject({ reserved: { serial: 'SN0001' } });
  await bench.insert('2');
  await bench.insert('1');
  await bench.done('1');
  expect(await bench.slotWith('1', ({ reserved }) => reserved === null)).toMatchObject({ state: 'done' });
  expect(await bench.scan('SN0001')).toMatchObject({
    ...{ meaning: 'serial', jobId: null, order: { id: order, passed: 1, of: 30 } },
    message: matching(/^SN0001: DONE .* in WO-\d+\. To test it again, scan %BW-AGAIN\.$/),
  });
  // The board that nobody scanned did not run.
  expect(await bench.ran()).toEqual(['SN0001 1 PASS']);
  expect(bench.fates()).toEqual(['SN0001 started', 'SN0001 refused', 'SN0001 refused']);
  const [run] = await bench.runs();
  expect([run?.operator, run?.workOrder]).toEqual(['start-token', order]);
});

test('the one board that has not run is the one scanned; with two the station asks for the slot, and then starts', async () => {
  await ordered();
  await bench.insert('2');
  expect(await bench.scan('SN0101')).toMatchObject({
    ...serialIn('2', 'Board SN0101 starts in slot 2.'),
    ...{ expects: 'serial', reservedUntil: null, jobId: expect.any(String) as string },
  });
  await bench.done('2');
  await bench.insert('1');
  await bench.insert('3');
  expect(await bench.scan('SN0102')).toMatchObject({
    ...{ meaning: 'serial', jobId: null, slot: null, expects: 'slot' },
    message: 'Which slot is SN0102 in? Slots 1 and 3 have boards: scan the code of the slot.',
  });
  expect(await bench.scan('SN0102')).toMatchObject({
    message: matching(/^SN0102 needs its slot/),
    jobId: null,
  });
  expect(await bench.current()).toMatchObject({ serial: 'SN0102', expects: 'slot' });
  // A scan that is refused in between forgets nothing.
  expect(await bench.scan('SN0109', { slot: '9' })).toMatchObject({ meaning: 'refused', expects: 'slot' });
  expect(await bench.scan('%BW-SLOT-3')).toMatchObject({
    ...{ meaning: 'slot', value: '3', slot: '3', jobId: expect.any(String) as string },
    message: 'Board SN0102 starts in slot 3.',
  });
  await bench.done('3');
  // A slot that was scanned first is the next board's; a bare number is a serial, and too short for one.
  expect(await bench.scan('%BW-SLOT-1')).toMatchObject({ meaning: 'slot', slot: '1', expects: 'serial' });
  expect(await bench.scan('1')).toMatchObject({ meaning: 'refused', message: matching(/%BW-SLOT-/) });
  expect(await bench.scan('SN0103')).toMatchObject(serialIn('1', 'Board SN0103 starts in slot 1.'));
  await bench.done('1');
  expect((await bench.ran()).slice(-3)).toEqual(['SN0101 2 PASS', 'SN0102 3 PASS', 'SN0103 1 PASS']);
});

test('a board that is done has to come out first, or is run again where it is, with a reason', async () => {
  await ordered();
  for (const slot of ['1', '2', '3']) await bench.insert(slot);
  for (const [slot, serial] of [
    ['1', 'SN0201'],
    ['2', 'SN0202'],
    ['3', 'SN0203'],
  ] as const) {
    await bench.scan(`%BW-SLOT-${slot}`);
    await bench.scan(serial);
    await bench.done(slot);
  }
  expect(await bench.scan('SN0204')).toMatchObject({
    ...serialIn('1', 'Slot 1: take out the board that is done, then put in SN0204.'),
    expects: 'board',
  });
  expect((await bench.slot('1')).state).toBe('done');
  await bench.remove('1');
  await bench.insert('1');
  await bench.ranSo((runs) => runs.includes('SN0204 1 PASS'));
  // Passed: refused, then again by command, on the board that is in the slot still.
  expect(await bench.scan('SN0202')).toMatchObject({ message: matching(/DONE/), jobId: null });
  expect(await bench.scan('%BW-AGAIN-cable was loose')).toMatchObject({
    ...{ meaning: 'command', slot: '2', message: 'Board SN0202 starts in slot 2.' },
    jobId: expect.any(String) as string,
  });
  await bench.ranSo((runs) => runs.filter((run) => run === 'SN0202 2 PASS').length === 2);
  // Said before the board is scanned.
  await bench.done('2');
  expect(await bench.say('%BW-AGAIN', 'SN0203')).toEqual([
    'The next board scanned is tested again: again by scan.',
    'Board SN0203 starts in slot 3.',
  ]);
  await bench.ranSo((runs) => runs.filter((run) => run === 'SN0203 3 PASS').length === 2);
  const units = bench.station.rows('SELECT "serial", "again" FROM "JobUnit" WHERE "again" IS NOT NULL');
  expect(units).toEqual([
    { serial: 'SN0202', again: 'cable was loose' },
    { serial: 'SN0203', again: 'again by scan' },
  ]);
});

test('an order is never given more boards than it has places, and says so; a retest takes no place', async () => {
  const order = await ordered({ quantity: 1 });
  expect(await bench.scan('SN0301')).toMatchObject({ jobId: expect.any(String) as string });
  expect(await bench.scan('SN0302')).toMatchObject({
    ...{ meaning: 'refused', jobId: null },
    message: matching(/^All places of work order WO-\d+ are taken: 0 of 1 passed/),
  });
  await bench.insert('1');
  await bench.done('1');
  expect(await bench.scan('SN0302')).toMatchObject({
    ...{ meaning: 'refused', jobId: null, order: { id: order, passed: 1, of: 1 } },
    message: matching(/has its one board/),
  });
  expect(await bench.scan('SN0301')).toMatchObject({ message: matching(/DONE/) });
  expect(await bench.scan('%BW-AGAIN')).toMatchObject({
    meaning: 'command',
    jobId: expect.any(String) as string,
  });
  await bench.ranSo((runs) => runs.filter((run) => run === 'SN0301 1 PASS').length === 2);
  expect(await bench.station.json('GET', `/work-orders/${order}`)).toMatchObject({
    state: 'completed',
    passed: 1,
  });
});

test('RUN-ALL runs every board in its socket that has not run, up to the places of the order', async () => {
  await ordered({ quantity: 2 });
  expect(await bench.scan('%BW-RUN-ALL')).toMatchObject({ meaning: 'refused', jobId: null });
  for (const slot of ['1', '2', '3']) await bench.insert(slot);
  expect(await bench.scan('%BW-RUN-ALL')).toMatchObject({
    ...{ meaning: 'command', jobId: expect.any(String) as string },
    message: '2 boards start, in slots 1 and 2. The order has no place for slot 3.',
  });
  await bench.done('1');
  await bench.done('2');
  expect((await bench.ran()).slice(-2).sort()).toEqual(['null 1 PASS', 'null 2 PASS']);
  // Of one recipe alone, no order counts.
  await bench.scan('app');
  expect(await bench.scan('%BW-RUN-ALL')).toMatchObject({ message: 'One board starts, in slot 3.' });
  await bench.done('3');
  await ordered({ serialRule: { minLength: 3 } });
  expect(await bench.scan('%BW-RUN-ALL')).toMatchObject({
    meaning: 'refused',
    message: matching(/rule for serials/),
  });
});
