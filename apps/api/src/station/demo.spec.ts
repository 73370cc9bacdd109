import { jest } from '@jest/globals';
import { JobQuery, WorkOrderQuery, type Outcome } from '@boardwalk/contracts';
import { openToRead, verifyDatabase } from '@boardwalk/records';
import { pino } from 'pino';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { until } from '../testing/until.ts';
import { Demo } from './demo.ts';

jest.setTimeout(300_000);

let ledger: LedgerBench;
let demo: Demo;
let boards = 0;

function newDemo(): Demo {
  const { database, images, recipes, orders, jobs, door, events } = ledger;
  const log = pino({ level: 'silent' });
  return new Demo({ database, images, recipes, orders, jobs, door, events, log });
}
beforeEach(async () => {
  ledger = await new LedgerBench().open();
  demo = newDemo();
});
afterEach(async () => {
  await demo.close();
  await ledger.close();
});

const orders = async () => (await ledger.orders.list(WorkOrderQuery.parse({}))).data;
const ids = async () => (await orders()).map(({ id }) => id);
const order = (id: string) => ledger.orders.get(id);

/** Runs one new board in slot 1 and says of which order it was; waits until there is work. */
async function board(outcome: Outcome): Promise<string | null> {
  const uid = (boards += 1).toString(16).padStart(24, '5');
  const claim = await until(
    () => ledger.claim('1', uid),
    (found) => found !== null,
    60_000,
  );
  await ledger.end(claim!, outcome);
  return claim!.unit.job.workOrder;
}

/** A person closes the order of a round, and the next one is there. */
async function closed(number: number): Promise<void> {
  await ledger.orders.act(`DEMO-${number}`, 'close', undefined);
  await until(ids, (found) => found.includes(`DEMO-${number + 1}`), 60_000);
}

test('a round is a work order with a job; the next one begins when its boards have passed', async () => {
  await demo.start();
  expect(await orders()).toMatchObject([{ id: 'DEMO-1', lot: 'DEMO', state: 'open', passed: 0 }]);
  const { quantity } = await order('DEMO-1');
  for (let n = 0; n < quantity; n += 1) expect(await board('PASS')).toBe('DEMO-1');
  await until(ids, (found) => found.includes('DEMO-2'), 60_000);
  expect(await order('DEMO-1')).toMatchObject({ state: 'completed', passed: quantity });
  expect(await order('DEMO-2')).toMatchObject({ state: 'open', passed: 0 });
});

test('boards that failed are made good by another job of the same order', async () => {
  await demo.start();
  const { quantity } = await order('DEMO-1');
  for (let n = 0; n < quantity; n += 1) await board(n % 4 === 0 ? 'FAIL' : 'PASS');
  for (let n = 0; n < quantity / 4; n += 1) expect(await board('PASS')).toBe('DEMO-1');
  await until(ids, (found) => found.includes('DEMO-2'), 60_000);
  expect(await order('DEMO-1')).toMatchObject({ state: 'completed', passed: quantity });
});

test('lists show the newest five; older ones are found by their id, and the record is whole', async () => {
  await ledger.order({
    id: 'DEMO-line',
    recipe: { name: (await ledger.recipe({ name: 'own' })).name },
    quantity: 1,
  });
  await demo.start();
  for (let number = 1; number <= 6; number += 1) await closed(number);
  expect(await ids()).toEqual(['DEMO-7', 'DEMO-6', 'DEMO-5', 'DEMO-4', 'DEMO-3', 'DEMO-line']);
  expect(await order('DEMO-1')).toMatchObject({ state: 'closed' });
  const reader = openToRead(ledger.file);
  expect(verifyDatabase(reader)).toMatchObject({ ok: true, firstBad: null });
  reader.close();
});

test('a restart closes the order that was left, and goes on with the next number', async () => {
  await demo.start();
  await closed(1);
  expect(await board('PASS')).toBe('DEMO-2');
  await demo.close();
  demo = newDemo();
  await demo.start();
  expect(await ids()).toEqual(['DEMO-3', 'DEMO-2', 'DEMO-1']);
  expect(await order('DEMO-2')).toMatchObject({ state: 'closed', reason: 'The station has started again.' });
  expect(await board('PASS')).toBe('DEMO-3');
});

test('an order that a person closes ends its round; one that a person pauses holds the demo', async () => {
  await demo.start();
  await ledger.orders.act('DEMO-1', 'pause', undefined);
  expect(await ledger.claim('1')).toBeNull();
  await ledger.orders.act('DEMO-1', 'close', undefined);
  await until(ids, (found) => found.includes('DEMO-2'), 60_000);
  expect(await board('PASS')).toBe('DEMO-2');
});

test('the demo knows its own job, and whether other people’s jobs wait', async () => {
  await demo.start();
  const [own] = (await ledger.jobs.list(JobQuery.parse({ clientRef: 'demo' }))).data;
  expect([demo.isOwn(own!.id), demo.isOwn('job_other'), await demo.isAlone()]).toEqual([true, false, true]);
  await ledger.post({ image: ledger.image, count: 1 });
  expect([await demo.isAlone(), await demo.waits()]).toEqual([false, true]);
});

test('a station that runs released recipes alone refuses the demo, and has no order of it', async () => {
  await ledger.close();
  ledger = await new LedgerBench({ release: 'one' }).open();
  demo = newDemo();
  await expect(demo.start()).rejects.toMatchObject({ code: 'recipe-not-released' });
  expect(await orders()).toEqual([]);
});
