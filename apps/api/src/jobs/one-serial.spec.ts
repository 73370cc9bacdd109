import { jest } from '@jest/globals';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { idempotentRequest } from './idempotency-key.ts';
import { CreateJob } from '@boardwalk/contracts';

jest.setTimeout(120_000);

const [A, B, C] = ['066fff485351885087174728', '066cff485349755087114331', '066cff485349755087114399'];

let bench: LedgerBench;
beforeEach(async () => {
  bench = await new LedgerBench().open();
  await bench.recipe({ name: 'app' });
  await bench.order({ id: 'WO', recipe: { name: 'app' }, quantity: 3 });
});
afterEach(() => bench.close());

const bound = (serial: string, again?: string) =>
  bench.post({ workOrder: 'WO', units: [{ slot: '1', serial, again }] });
async function pass(slot: string, uid: string): Promise<void> {
  await bench.end((await bench.claim(slot, uid))!, 'PASS');
}

test('a serial that waits, runs or has passed is refused by its place in the request, and nothing of the job is stored', async () => {
  await bound('SN1');
  const units = Array.from({ length: 20 }, (_, index) => ({ serial: index === 17 ? 'SN1' : `X${index}` }));
  const refused = () => bench.post({ workOrder: 'WO', units });
  const at = { errors: [{ pointer: '/units/17/serial' }] };
  await expect(refused()).rejects.toMatchObject({
    ...{
      code: 'serial-busy',
      ...at,
      message: expect.stringContaining('SN1 waits for slot 1 in job_') as string,
    },
  });
  const claim = await bench.claim('1', A);
  await expect(refused()).rejects.toMatchObject({
    ...{ code: 'serial-busy', message: expect.stringContaining('SN1 is in slot 1.') as string },
  });
  await bench.end(claim!, 'PASS');
  await expect(refused()).rejects.toMatchObject({ code: 'serial-passed', ...at });
  expect(await bench.database.job.count()).toBe(1);
  expect(await bench.database.jobUnit.count()).toBe(1);
  await bound('SN1', 'customer asked');
  expect((await bench.claim('1', A))?.serial).toBe('SN1');
});

test('of two jobs that come at once with one serial, one is stored; a replay gets its first answer', async () => {
  const body = CreateJob.parse({ workOrder: 'WO', units: [{ serial: 'SN1' }] });
  const request = await idempotentRequest('k', { method: 'POST', path: '/jobs', body, caller: 'mes' });
  const answers = await Promise.allSettled([bench.door.accept(body, request), bench.door.accept(body)]);
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  const first = (answers[0] as PromiseFulfilledResult<{ job: object }>).value;
  await pass('1', A);
  expect(await bench.door.accept(body, request)).toMatchObject({ job: first.job, replayed: true });
});

test('without an order a serial has passed when its recipe revision did; another recipe may have it', async () => {
  await bench.recipe({ name: 'other' });
  const post = (name: string) => bench.post({ recipe: { name }, units: [{ slot: '1', serial: 'SN1' }] });
  await post('app');
  await pass('1', A);
  await expect(post('app')).rejects.toMatchObject({ code: 'serial-passed' });
  await post('other');
  await pass('1', A);
});

test('a unit whose serial passed while it waited is done without a run', async () => {
  // As an earlier version may have left it: the same serial in two jobs.
  const first = await bound('SN1');
  const { id } = await bound('SN2');
  await bench.database.jobUnit.updateMany({ where: { jobId: id }, data: { serial: 'SN1' } });
  await pass('1', A);
  expect(await bench.claim('1', A)).toBeNull();
  expect(await bench.jobs.get(id)).toMatchObject({
    ...{ state: 'completed', counts: { passed: 0 } },
    unitReasons: [{ state: 'done', reason: expect.stringMatching(/^SN1 passed in WO /) as string }],
  });
  expect(await bench.jobs.get(first.id)).toMatchObject({ counts: { passed: 1 } });
});

test('a count takes no board that has passed in its order, whatever its job; the next board it takes', async () => {
  await bound('SN1');
  await pass('1', A);
  const { id } = await bench.post({ workOrder: 'WO', count: 1 });
  const { claim, waiting } = await bench.offer('2', { uid: A });
  expect([claim, waiting?.reason]).toEqual([null, 'passed-already']);
  expect(await bench.jobs.get(id)).toMatchObject({ state: 'queued', unitReasons: [] });
  expect((await bench.claim('3', B))?.unit.jobId).toBe(id);
});

test('a board gets the unit that names its serial, however long others wait', async () => {
  await bound('SN2');
  await bench.end((await bench.claim('1', B))!, 'FAIL', 'verify-mismatch');
  await bench.post({ workOrder: 'WO', units: [{ serial: 'SN1' }, { serial: 'SN3' }], priority: 90 });
  await bench.post({ workOrder: 'WO', units: [{ serial: 'SN2' }], priority: 10 });
  expect((await bench.claim('4', B))?.serial).toBe('SN2');
  expect((await bench.claim('5', A))?.serial).toBe('SN1');
});

test('a free unit of another serial holds a known board only where no unit fits it', async () => {
  await bound('SN1');
  await bench.end((await bench.claim('1', A))!, 'FAIL', 'verify-mismatch');
  const wrong = await bench.post({ workOrder: 'WO', units: [{ serial: 'SN8' }], priority: 90 });
  const fits = await bench.post({ workOrder: 'WO', count: 1, priority: 10 });
  const claim = await bench.claim('2', A);
  expect(claim?.unit.jobId).toBe(fits.id);
  await bench.end(claim!, 'FAIL', 'verify-mismatch');
  expect((await bench.offer('2', { uid: A })).waiting).toMatchObject({ reason: 'record-held' });
  expect(await bench.jobs.get(wrong.id)).toMatchObject({
    unitReasons: [{ serial: 'SN8', state: 'waiting' }],
  });
});

test('a chip that shows only in its run that it is another is held there: the run is aborted, the flash untouched', async () => {
  await bound('SN1');
  await pass('1', A);
  await bound('SN1', 'audit');
  const claim = (await bench.claim('1', null))!;
  expect(claim.serial).toBe('SN1');
  const answer = await bench.identified(claim, B);
  expect(answer).toMatchObject({
    hold: { reason: 'record-held', detail: expect.stringContaining(`belongs to chip ${A}`) as string },
  });
  await bench.end(claim, 'ABORTED', 'record-held');
  expect(await bench.database.board.findUnique({ where: { uid: B } })).toMatchObject({ state: 'held' });
  expect(await bench.orders.get('WO')).toMatchObject({ passed: 1 });
});

test('a chip that shows only in its run that it has passed is put back, and its unit waits for another', async () => {
  await bound('SN1');
  await pass('1', A);
  const { id } = await bench.post({ workOrder: 'WO', count: 1 });
  const claim = (await bench.claim('2', null))!;
  expect(await bench.identified(claim, A)).toMatchObject({ hold: { reason: 'passed-already' } });
  await bench.end(claim, 'ABORTED', 'passed-already');
  expect(await bench.jobs.get(id)).toMatchObject({ state: 'running', counts: { aborted: 1 } });
  expect((await bench.claim('3', B))?.unit.jobId).toBe(id);
});

test('an image that does not fit starts no run: the unit waits and says so, other work takes the board', async () => {
  const bytes = new Uint8Array(100 * 1024).fill(7);
  const { image } = await bench.images.add({ bytes, name: 'large.bin', raw: true });
  const large = await bench.post({ image: image.id, count: 1, priority: 90 });
  const asked = await bench.offer('1', { uid: A, flashSizeKib: 64 });
  expect(asked).toMatchObject({
    ...{ claim: null, waiting: { reason: 'image-does-not-fit' } },
  });
  expect(asked.waiting?.detail).toBe('image needs 100 KiB, this chip states 64');
  expect(await bench.jobs.get(large.id)).toMatchObject({
    unitReasons: [{ state: 'waiting', reason: 'image needs 100 KiB, this chip states 64' }],
  });
  const small = await bench.post({ image: bench.image, count: 1, priority: 10 });
  expect((await bench.claim('1', A))?.unit.jobId).toBe(small.id);
  await bench.ledger.forget(asked.unit!);
  expect((await bench.jobs.get(large.id)).unitReasons).toEqual([]);
  expect((await bench.offer('2', { uid: B, flashSizeKib: 128 })).claim?.unit.jobId).toBe(large.id);
});

test('a slot that is reserved runs its unit alone, and not on the board that was in it', async () => {
  const waits = await bench.post({ workOrder: 'WO', count: 1, priority: 90 });
  const { id } = await bound('SN1');
  const unit = await bench.database.jobUnit.findFirstOrThrow({ where: { jobId: id } });
  const until = new Date(Date.now() + 60_000).toISOString();
  await bench.database.reservation.create({
    data: { slot: '1', unitId: unit.id, serial: 'SN1', account: 'op', insertion: 4, until },
  });
  expect(await bench.offer('1', { uid: A, insertion: 4 })).toMatchObject({ claim: null, waiting: null });
  expect((await bench.offer('1', { uid: A, insertion: 5 })).claim?.serial).toBe('SN1');
  // A reservation counts while its unit waits.
  expect((await bench.offer('1', { uid: C, insertion: 6 })).claim?.unit.jobId).toBe(waits.id);
});

describe('an order counts boards, not runs', () => {
  test('a retest takes no place, and a board that fails later leaves one', async () => {
    for (const [serial, uid] of [
      ['SN1', A],
      ['SN2', B],
    ] as const) {
      await bound(serial);
      await pass('1', uid);
    }
    await bound('SN1', 'audit');
    const retest = (await bench.claim('1', A))!;
    await bench.post({ workOrder: 'WO', units: [{ slot: '2', serial: 'SN3' }] });
    const last = (await bench.claim('2', C))!;
    expect(await bench.orders.get('WO')).toMatchObject({ passed: 2, running: 2 });
    await bench.end(retest, 'PASS');
    expect(await bench.orders.get('WO')).toMatchObject({ state: 'open', passed: 2, running: 1 });
    await bench.end(last, 'PASS');
    expect(await bench.orders.get('WO')).toMatchObject({ state: 'completed', passed: 3, running: 0 });
  });

  test('a completed order takes retests alone; one that fails leaves it completed, and it says what it has', async () => {
    for (const [serial, uid] of [
      ['SN1', A],
      ['SN2', B],
      ['SN3', C],
    ] as const) {
      await bound(serial);
      await pass('1', uid);
    }
    for (const body of [
      { count: 1 },
      { units: [{ serial: 'SN4' }] },
      { units: [{ serial: 'SN1', again: 'x' }, {}] },
    ])
      await expect(bench.post({ workOrder: 'WO', ...body })).rejects.toMatchObject({
        code: 'work-order-ended',
      });
    await expect(bound('SN4', 'audit')).rejects.toMatchObject({ errors: [{ pointer: '/units/0/serial' }] });
    const told: unknown[] = [];
    bench.events.onEvent(({ type, data }) => type === 'work-order.changed' && told.push(data));
    await bound('SN2', 'audit');
    await bench.end((await bench.claim('1', B))!, 'FAIL', 'verify-mismatch');
    const lost = { state: 'completed', passed: 2, reason: '2 of 3: one failed after completion' };
    expect(await bench.orders.get('WO')).toMatchObject(lost);
    expect(told).toMatchObject([lost]);
    await bound('SN2', 'repaired');
    await pass('1', B);
    expect(await bench.orders.get('WO')).toMatchObject({ state: 'completed', passed: 3 });
  });
});

test('a serial that breaks its order’s rule is refused by its place; other orders take it', async () => {
  await bench.order({
    id: 'RULED',
    recipe: { name: 'app' },
    quantity: 3,
    serialRule: { pattern: 'SN\\d{6}' },
  });
  const units = [{ serial: 'SN000001' }, { serial: 'SN1' }];
  await expect(bench.post({ workOrder: 'RULED', units })).rejects.toMatchObject({
    ...{ status: 400, code: 'invalid', errors: [{ pointer: '/units/1/serial' }] },
  });
  await bench.post({ workOrder: 'WO', units });
  await expect(
    bench.order({ id: 'X', recipe: { name: 'app' }, quantity: 1, serialRule: { range: 'nobody' } }),
  ).rejects.toMatchObject({ errors: [{ pointer: '/serialRule/range' }] });
});
