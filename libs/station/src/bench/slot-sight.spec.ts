import type { Slot, SlotOpening } from '@boardwalk/contracts';
import { UNWATCHED } from '../request/run-request.ts';
import { OpenBench } from '../testing/open-bench.ts';

let bench: OpenBench;
afterEach(() => bench.close());

const seen = (): Slot => bench.slot.snapshot();
const NOTHING_SHOWN = { board: null, run: null };

async function passed(serial = 'SN-1'): Promise<void> {
  bench = await OpenBench.on('f103c4');
  await bench.run({ serial });
  expect(seen()).toMatchObject({ state: 'done', run: { outcome: 'PASS' }, last: null });
}

test.each([
  ['the board leaves', 'empty', () => bench.socket.remove()],
  ['the probe leaves', 'no-probe', () => bench.socket.unplugProbe()],
  ['the slot is disabled', 'disabled', () => bench.slot.disable()],
] as const)(
  'when %s, its PASS is no longer the state of the slot, but its last result',
  async (_name, state, act) => {
    await passed();
    await act();
    await bench.bench.look();
    expect(seen()).toMatchObject({ ...NOTHING_SHOWN, state });
    expect(seen().last).toMatchObject({ outcome: 'PASS', serial: 'SN-1', runId: 'run', reason: null });
  },
);

test('the last result stays over the next insertion, until the next board is scanned or run', async () => {
  await passed();
  await bench.socket.remove();
  await bench.bench.look();
  await bench.socket.insert('f103c4');
  await bench.bench.look();
  expect(seen()).toMatchObject({ state: 'ready', run: null, last: { serial: 'SN-1' } });
  bench.slot.clearLast();
  expect(seen().last).toBeNull();
  await bench.run({ serial: 'SN-2' });
  await bench.socket.remove();
  await bench.bench.look();
  expect(seen().last).toMatchObject({ serial: 'SN-2' });
});

test('a slot that is enabled again shows its board once it has been looked at, and knows that it ran', async () => {
  await passed();
  const { insertion } = bench.slot;
  bench.slot.disable();
  bench.slot.enable();
  await bench.bench.look();
  expect(seen()).toMatchObject({ state: 'done', run: { outcome: 'PASS' } });
  expect([bench.slot.insertion - insertion, bench.slot.ranThisInsertion]).toEqual([0, true]);
});

test('a board that was not run since it was put in says so', async () => {
  await passed();
  await bench.socket.remove();
  await bench.bench.look();
  await bench.socket.insert('f103c4');
  await bench.bench.look();
  expect(bench.slot.ranThisInsertion).toBe(false);
});

test('a probe that fails a look hides the board until it is seen again', async () => {
  await passed();
  const { insertion } = bench.slot;
  await bench.socket.fault({ kind: 'silent-replies', count: 1_000_000 });
  await bench.bench.look();
  expect(seen()).toMatchObject(NOTHING_SHOWN);
  await bench.socket.clearFaults();
  await bench.bench.look();
  expect([seen().state, bench.slot.insertion]).toEqual(['done', insertion]);
});

test.each([
  'enter-fails',
  'silent-replies',
  'short-replies',
  'stale-replies',
  'parity-errors',
  'swd-waits',
] as const)('one hiccup (%s) of a look is not a board that left and came again', async (kind) => {
  await passed();
  const { insertion } = bench.slot;
  await bench.socket.fault({ kind, count: 1 });
  await bench.bench.look();
  await bench.bench.look();
  expect([seen().state, bench.slot.insertion]).toEqual(['done', insertion]);
});

test('low voltage is a state with its volts, and the state of the board comes back with the supply', async () => {
  bench = await OpenBench.on('f103c4+voltage=1.2');
  expect(seen()).toMatchObject({
    state: 'low-voltage',
    note: '1.20 V at the target: check the contact or the supply.',
  });
  expect(seen().probe?.targetVoltage).toBeCloseTo(1.2, 2);
  await bench.socket.remove();
  await bench.socket.insert('f103c4');
  await bench.bench.look();
  expect(seen()).toMatchObject({ state: 'ready', note: null });
});

test('a board whose supply sinks shows no PASS', async () => {
  await passed();
  await bench.socket.insert('f103c4+voltage=1.95');
  await bench.bench.look();
  expect(seen()).toMatchObject({ state: 'low-voltage', run: null, last: { outcome: 'PASS' } });
});

test('a probe that reads no volts while the chip answers does not measure: that is said, and is no low voltage', async () => {
  bench = await OpenBench.on('f103c4+nosense');
  expect(seen()).toMatchObject({ state: 'ready', probe: { targetVoltage: null } });
  expect(seen().note).toMatch(/does not measure the target voltage/);
});

test('what a slot waits for goes with its board or with its run; what it is kept for stays', async () => {
  bench = await OpenBench.on('f103c4');
  const waiting = { reason: 'image-does-not-fit', detail: 'image needs 128 KiB, this chip states 64' };
  const reserved = { serial: 'SN-9', until: '2026-11-26T12:00:00.000Z' };
  bench.slot.setWaiting(waiting);
  bench.slot.setReserved(reserved);
  expect(seen()).toMatchObject({ waiting, reserved });
  await bench.socket.remove();
  await bench.bench.look();
  expect(seen()).toMatchObject({ waiting: null, reserved });
  await bench.socket.insert('f103c4');
  await bench.bench.look();
  bench.slot.setWaiting(waiting);
  await bench.run();
  expect(seen().waiting).toBeNull();
});

test('a slot tells of a wait once, and not again where nothing changed', async () => {
  bench = await OpenBench.on('f103c4');
  let told = 0;
  bench.bench.onChange(() => (told += 1));
  for (let i = 0; i < 3; i += 1) bench.slot.setWaiting({ reason: 'record-held', detail: 'Held.' });
  expect(told).toBe(1);
});

test('a slot that is disabled while it runs shows the run until it ends', async () => {
  bench = await OpenBench.on('f103c4');
  const shown: string[] = [];
  await bench.slot.run(bench.request(), {
    ...UNWATCHED,
    ended: async () => {
      bench.slot.disable();
      shown.push(seen().state);
    },
  });
  expect([...shown, seen().state, seen().run]).toEqual(['running', 'disabled', null]);
});

test('a slot that is not open for the shift says so with and without a board, and still shows a result', async () => {
  await passed();
  let told = 0;
  bench.bench.onChange(() => (told += 1));
  const opening: SlotOpening = {
    ...{
      slot: bench.slot.name,
      recipe: { name: 'app', revision: 1 },
      shift: '2026-11-27 early',
      open: false,
    },
    ...{ from: '2026-11-27T05:00:00.000Z', to: '2026-11-27T13:00:00.000Z', checks: [] },
    ...{ detail: 'The slot is not open.', remedy: 'Put the golden board in.' },
  };
  bench.slot.setOpening(opening);
  bench.slot.setOpening({ ...opening });
  expect(told).toBe(1);
  expect(seen()).toMatchObject({ state: 'not-open', opening, run: { outcome: 'PASS' } });
  expect(bench.slot.presence).toBe('done');
  await bench.socket.remove();
  await bench.bench.look();
  expect([seen().state, bench.slot.presence]).toEqual(['not-open', 'empty']);
  bench.slot.disable();
  expect(seen().state).toBe('disabled');
  bench.slot.setOpening(null);
  bench.slot.enable();
  await bench.bench.look();
  expect(seen()).toMatchObject({ state: 'empty', opening: null });
});
