import { jest } from '@jest/globals';
import { accountOn } from '../testing/account-on.ts';
import { ScanBench } from '../testing/scan-bench.ts';

jest.setTimeout(180_000);

let bench: ScanBench;
beforeAll(async () => {
  bench = await new ScanBench(['-', '-']).open();
  await bench.recipes('app', 'blinky');
});
afterAll(() => bench.close());

const said = async (code: string): Promise<[string, string]> => {
  const { meaning, message } = await bench.scan(code);
  return [meaning, message];
};
const matching = (pattern: RegExp): string => expect.stringMatching(pattern) as string;
const jobs = () => bench.station.rows<{ id: string; author: string }>('SELECT "id", "author" FROM "Job"');

test('a code that is nearly an order, a recipe, a slot or a command is offered, and nothing starts', async () => {
  await bench.order('WO-1');
  await bench.scan('WO-1');
  const before = jobs().length;
  expect(await said('wo-1')).toEqual([
    'unknown',
    matching(/^wo-1 is not known\. Did you mean WO-1\? Nothing was started/),
  ]);
  expect((await bench.current()).order).toMatchObject({ id: 'WO-1' });
  for (const [code, meant] of [
    ['WOß1', 'WO-1'],
    ['W O-1', 'WO-1'],
    ['BLINKZ', 'blinky'],
    ['%bw-skip', '%BW-SKIP'],
    ['%BWßSLOTß2', '%BW-SLOT-2'],
    ['%bw-lot-b2', '%BW-…'],
  ] as const) {
    expect(await said(code)).toEqual(['unknown', matching(new RegExp(`Did you mean ${meant}\\?`))]);
  }
  expect(await said('%BW-SLOT-9')).toEqual([
    'refused',
    matching(/no slot 9\. The slots of this bench are %BW-SLOT-1/),
  ]);
  expect(await said('%BW-FLASH')).toEqual([
    'refused',
    matching(/There is no command %BW-FLASH\. Use one of/),
  ]);
  expect(jobs()).toHaveLength(before);
  // What follows must not go to the order before, where another one was nearly scanned.
  expect((await bench.current()).order).toBeNull();
});

test('an order that takes no board is refused aloud, and what follows goes to no other order', async () => {
  await bench.order('OPEN-1');
  for (const [id, act, says] of [
    ['P-1', 'pause', /is paused/],
    ['H-1', 'hold', /is held/],
    ['C-1', 'close', /is closed/],
  ] as const) {
    await bench.order(id);
    await bench.station.json('POST', `/work-orders/${id}/${act}`, { reason: 'for a test' });
    await bench.scan('OPEN-1');
    expect(await bench.scan(id)).toMatchObject({
      ...{
        meaning: 'refused',
        value: id,
        message: matching(says),
        jobId: null,
        expects: 'order',
        order: null,
      },
    });
    expect(await said('SN0001')).toEqual(['unknown', matching(/scan a work order or a recipe first/)]);
  }
  await bench.order('LATER-1', { notBefore: '2099-01-01T00:00:00Z' });
  expect(await said('LATER-1')).toEqual(['refused', matching(/begins at 2099-01-01/)]);
  // One that is chosen and then paused: the board is refused.
  await bench.scan('OPEN-1');
  await bench.station.json('POST', '/work-orders/OPEN-1/pause', {});
  expect(await said('SN0001')).toEqual(['refused', matching(/is paused/)]);
  expect(jobs()).toEqual([]);
});

test('a code that two things have as a name chooses neither', async () => {
  await bench.recipes('TWO-1');
  await bench.order('TWO-1');
  expect(await said('TWO-1')).toEqual([
    'unknown',
    matching(/is a work order and a recipe; nothing was chosen/),
  ]);
});

test('a serial keeps the rule of its order, in whatever code it comes; what is no serial starts nothing', async () => {
  await bench.order('RULE-1', { serialRule: { pattern: 'SN\\d{4}' } });
  await bench.scan('RULE-1');
  expect(await bench.current()).toMatchObject({ serialRule: 'pattern SN\\d{4}' });
  for (const code of ['SN12345', 'https://example.com/SN1234', ']d20104012345678901' + '10B1', 'slot 8'])
    expect((await bench.scan(code)).meaning).toBe('refused');
  expect(await said('SN12\u200b34')).toEqual([
    'refused',
    matching(/zero-width space \(U\+200B\) at position 5/),
  ]);
  expect(await said('SN1234\tSN1235')).toEqual(['refused', matching(/2 codes came as one/)]);
  expect(jobs()).toEqual([]);
  expect(await bench.scan(']d20104012345678901' + '21SN1234\r')).toMatchObject({
    ...{ meaning: 'serial', value: 'SN1234', slot: '1', message: 'Slot 1: put in SN1234.' },
  });
  // Refused codes may be secrets: none is in the record.
  expect(bench.log().filter(({ fate, code }) => fate === 'refused' && code?.includes('https'))).toEqual([]);
  expect(await said('%BW-UNDO')).toEqual(['command', 'Taken back: SN1234.']);
  await bench.order('FREE-1');
  await bench.scan('FREE-1');
  expect(await bench.current()).toMatchObject({ serialRule: 'no serial rule' });
});

test('UNDO takes back the latest choice, SKIP leaves out the board that waits', async () => {
  await bench.order('UNDO-1');
  await bench.scan('UNDO-1');
  await bench.say('%BW-LOT-B7', 'SN2001', '%BW-SLOT-2', '%BW-AGAIN');
  expect(await bench.current()).toMatchObject({
    ...{ lot: 'B7', slot: '2', again: 'again by scan', expects: 'board' },
    reservations: [{ slot: '1', serial: 'SN2001' }],
  });
  expect(await bench.say('%BW-UNDO', '%BW-UNDO', '%BW-UNDO', '%BW-UNDO', '%BW-UNDO')).toEqual([
    'Taken back: slot 2.',
    'Taken back: SN2001.',
    'Taken back: lot B7.',
    'Taken back: work order UNDO-1.',
    'Nothing is chosen and no board waits, so there is nothing to take back.',
  ]);
  expect(await bench.slot('1')).toMatchObject({ reserved: null });
  expect(bench.station.rows('SELECT "state", "lot" FROM "JobUnit" ORDER BY "id" DESC LIMIT 1')).toEqual([
    { state: 'cancelled', lot: 'B7' },
  ]);
  await bench.scan('UNDO-1');
  await bench.say('SN2002', 'SN2003');
  expect(await said('SN2004')).toEqual([
    'refused',
    'No slot is free: slots 1 and 2 reserved. Wait for a slot, and scan the board again.',
  ]);
  expect(await bench.say('%BW-SKIP', '%BW-SKIP', '%BW-SKIP')).toEqual([
    'SN2003 is left out. Scan the next board.',
    'SN2002 is left out. Scan the next board.',
    'No board waits for its slot, so there is nothing to skip. Scan the next board.',
  ]);
  const last = bench.fates().slice(-4);
  expect(last).toEqual(['SN2001 cancelled', 'SN2002 cancelled', 'SN2003 cancelled', 'SN2004 refused']);
  expect(await said('%BW-MUTE')).toEqual(['command', expect.any(String)]);
  expect(await said('%BW-LOGOUT')).toEqual(['command', matching(/badge/)]);
});

test('a reservation ends after its time: the slot is free, its job is over, and the code counts as expired', async () => {
  await bench.scan('UNDO-1');
  const { jobId } = await bench.scan('SN3001');
  bench.station.aheadMs += 61_000;
  expect(await bench.current()).toMatchObject({ reservations: [], expects: 'serial' });
  await bench.fatesSo((fates) => fates.includes('SN3001 expired'));
  expect(await bench.station.json('GET', `/jobs/${jobId}`)).toMatchObject({
    ...{ state: 'cancelled', reason: matching(/^SN3001 was not started in slot 1 within 60 s/) },
  });
  expect(await bench.slotWith('1', ({ reserved }) => reserved === null)).toMatchObject({ state: 'empty' });
  // A wall clock that is set back keeps no slot: the time goes by a clock that nobody can set.
  expect(await bench.scan('SN3001')).toMatchObject({ slot: '1', expects: 'board' });
  await bench.say('%BW-SKIP');
});

test('each operator has choices of his own, and a slot that one reserved is not the other’s', async () => {
  const olga = await accountOn(bench.station.file, 'olga', 'operator');
  const omar = await accountOn(bench.station.file, 'omar', 'operator');
  expect(await bench.scan('blinky', { token: olga })).toMatchObject({ meaning: 'recipe', expects: 'serial' });
  expect(await bench.scan('LBL-1', { token: omar })).toMatchObject({ meaning: 'unknown', expects: 'order' });
  await bench.scan('app', { token: omar });
  expect(await bench.scan('LBL-2', { token: omar })).toMatchObject({ meaning: 'serial', slot: '1' });
  expect(await bench.scan('LBL-2', { token: olga })).toMatchObject({
    message: 'LBL-2 is in slot 1.',
    jobId: null,
  });
  expect(await bench.scan('%BW-SLOT-1', { token: olga })).toMatchObject({ meaning: 'slot' });
  expect(await bench.scan('LBL-3', { token: olga })).toMatchObject({
    ...{ meaning: 'refused', message: 'Slot 1 is reserved for LBL-2. Use another slot, or wait.' },
  });
  expect(await bench.scan('LBL-3', { token: olga })).toMatchObject({ meaning: 'serial', slot: '2' });
  // One undoes what is his own.
  expect(await bench.scan('%BW-UNDO', { token: olga })).toMatchObject({ message: 'Taken back: LBL-3.' });
  expect((await bench.current(omar)).reservations).toMatchObject([{ slot: '1', serial: 'LBL-2' }]);
  expect(
    jobs()
      .map(({ author }) => author)
      .slice(-2),
  ).toEqual(['omar', 'olga']);
});

test('what was chosen outlives a restart; what was reserved is expired', async () => {
  await bench.scan('UNDO-1');
  await bench.scan('%BW-LOT-B9');
  await bench.scan('SN4001');
  await bench.station.close();
  await bench.station.open();
  expect(await bench.current()).toMatchObject({
    ...{ order: { id: 'UNDO-1', passed: 0, of: 30 }, lot: 'B9', reservations: [], expects: 'serial' },
  });
  expect(bench.fates().filter((fate) => fate.startsWith('SN4001'))).toEqual(['SN4001 expired']);
  const events = await bench.events('scan.changed');
  const ids = bench.station
    .rows<{ sequence: number }>('SELECT "sequence" FROM "Scan"')
    .map((row) => row.sequence);
  expect(events.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
});
