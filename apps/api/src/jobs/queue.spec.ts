import Sqlite from 'better-sqlite3';
import { idempotentRequest } from './idempotency-key.ts';
import { CreateJob, JobQuery } from '@boardwalk/contracts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { emptyResult } from './run-ledger.ts';

let bench: LedgerBench;
beforeEach(async () => (bench = await new LedgerBench().open()));
afterEach(() => bench.close());

/** Runs the slot's next unit and says which job it was of. */
async function next(slot = '1'): Promise<string | null> {
  const claim = await bench.claim(slot);
  if (!claim) return null;
  await bench.end(claim, 'PASS');
  return claim.unit.job.clientRef;
}
const post = (clientRef: string, rest: Partial<Parameters<LedgerBench['post']>[0]> = {}) =>
  bench.post({ image: bench.image, units: [{ slot: '1' }], clientRef, ...rest });
const times = (count: number) => Array.from({ length: count }, () => ({ slot: '1' }));

test('jobs of one priority take turns: a large one never keeps a small one waiting', async () => {
  await post('large', { units: times(4) });
  await post('small', { units: times(2) });
  const order = [];
  for (let n = 0; n < 6; n += 1) order.push(await next());
  expect(order).toEqual(['large', 'small', 'large', 'small', 'large', 'large']);
});

test('a higher priority goes first, until the lower one has waited a minute a step longer', async () => {
  await post('low', { priority: 40 });
  await post('high', { priority: 45, units: times(2) });
  expect(await next()).toBe('high');
  // As if it had been posted so much earlier.
  await bench.database.$executeRaw`UPDATE "Job" SET "urgency" = "urgency" + 4.9 WHERE "clientRef" = 'low'`;
  await post('high again', { priority: 45 });
  expect(await next()).toBe('high');
  await bench.database.$executeRaw`UPDATE "Job" SET "urgency" = "urgency" + 0.2 WHERE "clientRef" = 'low'`;
  expect([await next(), await next()]).toEqual(['low', 'high again']);
});

test('a job begins at its notBefore and never after its notAfter, which ends it', async () => {
  const soon = new Date(Date.now() + 60_000);
  await post('later', { notBefore: soon.toISOString() });
  const late = await post('late', { notAfter: new Date(Date.now() - 1).toISOString() });
  expect(await next()).toBeNull();
  await bench.jobs.expire(new Date());
  expect(await bench.jobs.get(late.id)).toMatchObject({
    state: 'cancelled',
    reason: 'Its notAfter has passed.',
  });
  await bench.jobs.expire(soon);
  const { data } = await bench.jobs.list(JobQuery.parse({ state: 'queued' }));
  expect(data.map(({ clientRef }) => clientRef)).toEqual(['later']);
});

test('a job for a named slot waits for it; one without takes each board once', async () => {
  await post('bound', { units: [{ slot: '2' }] });
  await bench.post({ image: bench.image, count: 3, clientRef: 'free', priority: 10 });
  const uid = 'a'.repeat(24);
  const first = await bench.claim('1', uid);
  expect(first?.unit.job.clientRef).toBe('free');
  await bench.end(first!, 'FAIL');
  // The same board, in whichever slot it lies now, and after a restart too.
  expect(await bench.claim('1', uid)).toBeNull();
  expect((await bench.claim('2', uid))?.unit.job.clientRef).toBe('bound');
  expect((await bench.claim('3', 'b'.repeat(24)))?.unit.job.clientRef).toBe('free');
  expect(await bench.claim('4', null, new Set([first!.unit.jobId]))).toBeNull();
});

test('hold keeps the rest waiting, release goes on, cancel ends it; each says why and refuses what cannot be', async () => {
  const job = await post('job', { units: times(3) });
  const held = await bench.jobs.act(job.id, 'hold', 'paste');
  expect(held).toMatchObject({ state: 'held', reason: 'paste' });
  expect(await bench.claim('1')).toBeNull();
  expect(await bench.jobs.act(job.id, 'release')).toMatchObject({ state: 'queued', reason: null });
  expect(await next()).toBe('job');
  expect(await bench.jobs.act(job.id, 'hold')).toMatchObject({ state: 'paused' });
  expect(await bench.claim('1')).toBeNull();
  expect(await bench.jobs.act(job.id, 'release')).toMatchObject({ state: 'running' });
  const running = await bench.claim('1');
  expect(await bench.jobs.act(job.id, 'cancel', 'wrong image')).toMatchObject({
    state: 'aborted',
    reason: 'wrong image',
  });
  await bench.end(running!, 'ABORTED');
  expect(await bench.jobs.get(job.id)).toMatchObject({ state: 'aborted', counts: { passed: 1, aborted: 1 } });
  await expect(bench.jobs.act(job.id, 'release')).rejects.toMatchObject({ code: 'wrong-state' });
});

test('one serial for two boards of a job is refused at the second', () => {
  const units = [{ serial: 'SN1' }, {}, { serial: 'SN2' }, { serial: 'SN1', slot: '1' }, {}];
  const parsed = CreateJob.safeParse({ image: bench.image, units });
  expect(parsed.error?.issues.map(({ path }) => path)).toEqual([['units', 3, 'serial']]);
});

test('a run that lost its lease commits nothing more', async () => {
  await post('job', { units: times(2) });
  const old = await bench.claim('1');
  await bench.ledger.recover();
  const fresh = await bench.claim('1');
  expect(fresh!.fence).toBe(old!.fence + 1);
  await expect(bench.end(old!, 'PASS')).rejects.toMatchObject({ code: 'station.lease_lost' });
  expect((await bench.database.run.findUnique({ where: { id: old!.runId } }))?.reason).toBe('interrupted');
});

test('PASS is not written without a finished verify step of that run', async () => {
  await post('job');
  const claim = await bench.claim('1');
  const at = new Date().toISOString();
  await bench.ledger.finish(claim!, { ...emptyResult(at), outcome: 'PASS', reason: null });
  const run = await bench.database.run.findUnique({ where: { id: claim!.runId } });
  expect([run?.outcome, run?.reason]).toEqual(['ERROR', 'no-verify']);
});

describe('an Idempotency-Key', () => {
  const body = () => CreateJob.parse({ image: bench.image, count: 1 });
  const keyed = (key: string, sent: unknown = body(), caller = 'mes') =>
    idempotentRequest(key, { method: 'POST', path: '/api/v1/jobs', body: sent, caller });

  test('lets one request in at a time: the others hear that it is in progress, and when to come', async () => {
    const [bare, quoted, reused] = await Promise.all([keyed('k'), keyed('"k"'), keyed('k', { other: 1 })]);
    const first = bench.door.accept(body(), bare);
    await expect(bench.door.accept(body(), quoted)).rejects.toMatchObject({
      code: 'idempotency-in-progress',
      retryable: true,
      headers: { 'Retry-After': '1' },
    });
    await expect(bench.door.accept(body(), reused)).rejects.toMatchObject({ code: 'idempotency-key-reused' });
    const { job } = await first;
    expect(await bench.door.accept(body(), bare)).toEqual({ job, status: 201, replayed: true });
    expect(await bench.database.job.count()).toBe(1);
  });

  test('belongs to its caller, path and body, however the body is spelled', async () => {
    const first = await keyed('k', { a: 1, b: [{ d: 1, c: 'ü' }] });
    expect(await keyed('k', { b: [{ c: 'ü', d: 1 }], a: 1 })).toEqual(first);
    expect(await keyed('k', { a: 1 }, 'mes')).not.toEqual(await keyed('k', { a: 1 }, 'another'));
    expect(await keyed('k', { a: [1, 2] })).not.toEqual(await keyed('k', { a: [2, 1] }));
    expect((await keyed('"with \\"quotes\\" and \\\\"'))?.key).toBe('with "quotes" and \\');
    expect((await keyed('bare'))?.key).toBe((await keyed('"bare"'))?.key);
    for (const bad of ['', '""', 'a, b', '"open', 'ü', 'x'.repeat(256)])
      await expect(keyed(bad)).rejects.toThrow(/takes one value of 1 to 255 printable characters/);
  });

  test('is forgotten after 30 days, not before', async () => {
    await bench.door.accept(body(), await keyed('k'));
    const days = (count: number) => new Date(Date.now() + count * 86_400_000);
    await bench.jobs.expire(days(29));
    expect(await bench.database.idempotencyKey.count()).toBe(1);
    await bench.jobs.expire(days(31));
    expect(await bench.database.idempotencyKey.count()).toBe(0);
  });
});

test('what could not be stored is refused as retryable, leaves nothing, and the next one is stored', async () => {
  const other = new Sqlite(bench.file);
  other.exec(`CREATE TRIGGER full BEFORE INSERT ON "JobUnit" BEGIN SELECT RAISE(ABORT, 'disk is full'); END`);
  const key = { caller: 'mes', key: 'k', fingerprint: 'f' };
  const body = CreateJob.parse({ image: bench.image, count: 1 });
  await expect(bench.door.accept(body, key)).rejects.toMatchObject({ code: 'not-stored', retryable: true });
  expect(await bench.database.job.count()).toBe(0);
  other.exec('DROP TRIGGER full');
  other.close();
  expect((await bench.door.accept(body, key)).replayed).toBe(false);
  expect(await bench.database.jobUnit.count()).toBe(1);
});
