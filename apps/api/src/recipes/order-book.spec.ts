import type { Claim } from '../jobs/claims.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';

const SLOTS = Array.from({ length: 24 }, (_, index) => String(index + 1));

let bench: LedgerBench;
beforeEach(async () => {
  bench = await new LedgerBench().open();
  await bench.recipe({ name: 'app' });
});
afterEach(() => bench.close());

const race = async (): Promise<Claim[]> =>
  (await Promise.all(SLOTS.map((slot) => bench.claim(slot)))).filter((claim) => claim !== null);
const units = () => SLOTS.flatMap((slot) => [{ slot }, { slot }]);

test('24 slots race for the last board of an order: one gets it, again when it failed, none when it passed', async () => {
  await bench.order({ id: 'WO', recipe: { name: 'app' }, quantity: 3 });
  const job = await bench.post({ workOrder: 'WO', units: units() });
  const first = await race();
  expect(first).toHaveLength(3);
  await bench.end(first[0]!, 'PASS');
  await bench.end(first[1]!, 'PASS');
  expect(await race()).toEqual([]);
  await bench.end(first[2]!, 'FAIL', 'verify-mismatch');
  for (const outcome of ['FAIL', 'ERROR', 'ABORTED'] as const) {
    const [last, ...others] = await race();
    expect(others).toEqual([]);
    await bench.end(last!, outcome);
  }
  const [last, ...others] = await race();
  expect(others).toEqual([]);
  expect(await bench.orders.get('WO')).toMatchObject({ state: 'open', passed: 2, running: 1 });
  await bench.end(last!, 'PASS');
  expect(await race()).toEqual([]);
  const order = await bench.orders.get('WO');
  expect(order).toMatchObject({ state: 'completed', passed: 3, running: 0, reason: 'All 3 boards passed.' });
  expect(await bench.jobs.get(job.id)).toMatchObject({ state: 'aborted', reason: 'All 3 boards passed.' });
  await expect(bench.post({ workOrder: 'WO', count: 1 })).rejects.toMatchObject({ code: 'work-order-ended' });
});

test('a job whose last board is the last of its order too is completed, not aborted', async () => {
  await bench.order({ id: 'WO', recipe: { name: 'app' }, quantity: 1 });
  const job = await bench.post({ workOrder: 'WO', units: [{ slot: '1' }] });
  await bench.end((await bench.claim('1'))!, 'PASS');
  expect(await bench.orders.get('WO')).toMatchObject({ state: 'completed', passed: 1 });
  expect(await bench.jobs.get(job.id)).toMatchObject({
    ...{ state: 'completed', reason: null },
    counts: { passed: 1, running: 0 },
  });
});

test('two orders on one bench do not take each other’s places', async () => {
  for (const id of ['A', 'B']) {
    await bench.order({ id, recipe: { name: 'app' }, quantity: 2 });
    await bench.post({ workOrder: id, units: units() });
  }
  const claims = await race();
  expect(claims.map(({ unit }) => unit.job.workOrder).sort()).toEqual(['A', 'A', 'B', 'B']);
});

test('a paused or held order starts no board and finishes those at work; released it goes on', async () => {
  await bench.order({ id: 'WO', recipe: { name: 'app' }, quantity: 9 });
  await bench.post({ workOrder: 'WO', units: units() });
  const at = await bench.claim('1');
  for (const action of ['pause', 'hold'] as const) {
    const order = await bench.orders.act('WO', action, 'paste is checked');
    expect(order).toMatchObject({
      state: action === 'pause' ? 'paused' : 'held',
      reason: 'paste is checked',
    });
    expect(await bench.claim('2')).toBeNull();
  }
  await bench.end(at!, 'PASS');
  expect(await bench.orders.get('WO')).toMatchObject({ passed: 1 });
  await expect(bench.orders.act('WO', 'pause', undefined)).rejects.toMatchObject({ code: 'wrong-state' });
  await bench.orders.act('WO', 'release', 'paste is right');
  expect(await bench.claim('2')).not.toBeNull();
});

/** A time from now in minutes, written as the clocks of a zone nine hours ahead show it: as text it lies later. */
const inTokyo = (minutes: number): string =>
  new Date(Date.now() + (minutes + 9 * 60) * 60_000).toISOString().replace('Z', '+09:00');

test('an order runs within its dates only, whatever offset they were given in', async () => {
  const dates = {
    later: { notBefore: inTokyo(30), notAfter: inTokyo(60) },
    over: { notAfter: inTokyo(-30) },
    now: { notBefore: inTokyo(-30), notAfter: inTokyo(30) },
  };
  for (const [id, window] of Object.entries(dates)) {
    await bench.order({ id, recipe: { name: 'app' }, quantity: 9, ...window });
    await bench.post({ workOrder: id, units: [{ slot: '1' }] });
  }
  expect((await bench.claim('1'))?.unit.job.workOrder).toBe('now');
  expect(await bench.claim('1')).toBeNull();
});

test('a job of an order whose dates are over is ended and says why, one that waits for its beginning is not', async () => {
  await bench.order({ id: 'over', recipe: { name: 'app' }, quantity: 9, notAfter: inTokyo(-30) });
  await bench.order({ id: 'later', recipe: { name: 'app' }, quantity: 9, notBefore: inTokyo(30) });
  const [over, later] = [
    await bench.post({ workOrder: 'over', count: 1 }),
    await bench.post({ workOrder: 'later', count: 1 }),
  ];
  await bench.jobs.expire(new Date());
  expect(await bench.jobs.get(over.id)).toMatchObject({
    ...{ state: 'cancelled', reason: 'The notAfter of its work order has passed.' },
  });
  expect(await bench.jobs.get(later.id)).toMatchObject({ state: 'queued' });
});

test('another recipe or image never counts towards an order; its own may be said again', async () => {
  await bench.recipe({ name: 'other' });
  const { image } = await bench.images.add({ bytes: new Uint8Array(8), name: 'other.bin', raw: true });
  await bench.order({ id: 'WO', recipe: { name: 'app' }, quantity: 9 });
  const refused = (body: object) => bench.post({ workOrder: 'WO', count: 1, ...body });
  for (const [body, pointer] of [
    [{ recipe: { name: 'other' } }, '/recipe'],
    [{ recipe: { name: 'app', revision: 2 } }, '/recipe'],
    [{ image: image.id }, '/image'],
  ] as const)
    await expect(refused(body)).rejects.toMatchObject({ code: 'invalid', errors: [{ pointer }] });
  for (const body of [{ recipe: { name: 'app' } }, { image: bench.image }])
    expect((await refused(body)).recipe).toEqual({ name: 'app', revision: 1 });
});

test('a closed order cancels what waits, says why, and is closed for good', async () => {
  await bench.order({ id: 'WO', recipe: { name: 'app' }, quantity: 9 });
  const job = await bench.post({ workOrder: 'WO', units: units() });
  await bench.orders.act('WO', 'close', 'customer cancelled');
  expect(await bench.jobs.get(job.id)).toMatchObject({
    state: 'cancelled',
    reason: 'Work order "WO" was closed.',
  });
  expect(await bench.claim('1')).toBeNull();
  await expect(bench.orders.act('WO', 'release', undefined)).rejects.toMatchObject({ code: 'wrong-state' });
});
