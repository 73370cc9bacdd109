import { jest } from '@jest/globals';
import type {
  Image,
  Problem,
  Recipe,
  Scan,
  ScanResult,
  Slot,
  SlotOpening,
  StationEvent,
} from '@boardwalk/contracts';
import { OpenedStation } from '../testing/opened-station.ts';
import { until } from '../testing/until.ts';

jest.setTimeout(300_000);

const GOLDEN = 'f103cb+uid=066cff485349755087114331';
/** It cannot be programmed: its pages are protected. */
const BAD = 'f103cb+wrp+uid=066cff485349755087114332';
const BOARD = 'f103cb+uid=066cff485349755087114333';

let station: OpenedStation;
beforeAll(async () => {
  station = await new OpenedStation(undefined, { BOARDWALK_VIRTUAL_BOARDS: 'f103cb+empty' }).open();
  const { id } = await station.json<Image>(
    'POST',
    '/images?name=app.bin&raw=true',
    new Uint8Array(1024).fill(7),
  );
  await station.json<Recipe>('POST', '/recipes', { name: 'app', image: id, openShift: 'golden-and-bad' });
  await station.json('POST', '/work-orders', { id: 'WO', recipe: { name: 'app' }, quantity: 2 });
});
afterAll(() => station.remove());

const slot = () => station.json<Slot>('GET', '/slots/1');
const shows = (satisfied: (slot: Slot) => boolean) => until(slot, satisfied, 120_000);
const scan = (code: string) => station.json<ScanResult>('POST', '/scans', { code } satisfies Scan);

async function putIn(board: string): Promise<void> {
  await station.json('POST', '/virtual/slots/1/insert', { board });
}

/** The board is put in, runs, and is taken out again. */
async function runs(board: string, outcome: string): Promise<void> {
  await putIn(board);
  await shows(({ run }) => run?.outcome === outcome);
  await station.json('POST', '/virtual/slots/1/remove');
}

async function marked(board: string, kind: 'golden' | 'bad'): Promise<void> {
  await putIn(board);
  await station.json('POST', '/slots/1/reference', { kind, note: 'for the start of the shift' });
  await station.json('POST', '/virtual/slots/1/remove');
}

test('an empty slot has no board to mark', async () => {
  const answer = await station.call('POST', '/api/v1/slots/1/reference', { kind: 'golden' });
  const problem = (await answer.json()) as Problem;
  expect([answer.status, problem.code]).toEqual([409, 'slot-has-no-board']);
});

test('boards are marked before they have ever run, and the slot is not open once work waits', async () => {
  await marked(GOLDEN, 'golden');
  await marked(BAD, 'bad');
  expect(await slot()).toMatchObject({ state: 'empty', opening: null });
  await station.json('POST', '/jobs', { workOrder: 'WO', count: 2 });
  expect(await shows(({ state }) => state === 'not-open')).toMatchObject({
    board: null,
    opening: { open: false, remedy: 'Put the golden board into slot 1.' },
  });
});

test('a board of the order waits, and a scan for the slot is refused with what to put in', async () => {
  await scan('WO');
  const refused = await scan('SN1');
  expect(refused).toMatchObject({ meaning: 'refused', jobId: null });
  expect(refused.message).toMatch(/^Slot 1 is not open for .* Put the golden board into slot 1\.$/);
  await putIn(BOARD);
  expect((await shows(({ waiting }) => waiting !== null)).waiting).toMatchObject({ reason: 'slot-not-open' });
  await station.json('POST', '/virtual/slots/1/remove');
});

test('the golden board passes, the known-bad one fails, and then boards of the order run', async () => {
  await runs(GOLDEN, 'PASS');
  await shows(({ opening }) => opening?.remedy === 'Put the known-bad board into slot 1.');
  await runs(BAD, 'FAIL');
  await shows(({ opening }) => opening === null);
  await runs(BOARD, 'PASS');
  expect(await station.json('GET', '/work-orders/WO')).toMatchObject({ passed: 1 });
  const { data } = await station.json<{ data: StationEvent[] }>('GET', '/events?after=0&limit=200');
  expect(data.filter(({ type }) => type === 'slot.checked').length).toBe(2);
});

test('a restart of the station leaves the slot open, and a change of shifts begins another one', async () => {
  await station.close();
  await station.open();
  const openings = async () =>
    (await station.json<{ data: SlotOpening[] }>('GET', '/station/openings')).data.map(({ open }) => open);
  expect(await openings()).toEqual([true]);
  await station.json('PUT', '/station/shifts', [{ name: 'all day', start: '00:00', end: '00:00' }]);
  expect(await openings()).toEqual([false]);
});
