import { jest } from '@jest/globals';
import type { Job, Run, Slot, VirtualSlot, WorkOrder } from '@boardwalk/contracts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StationProcess, until } from './running-station.ts';

jest.setTimeout(900_000);

let station: StationProcess;
let data: string;

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'boardwalk-demo-'));
  station = new StationProcess(data, {
    BOARDWALK_VIRTUAL_BOARDS: 'f103cb,f103c8,cks32,f103c8',
    BOARDWALK_DEMO: '1',
  });
  await station.start();
});
afterEach(async () => {
  await station.end('SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

const order = (id: string) => station.json<WorkOrder>('GET', `/work-orders/${id}`);
const ids = async () =>
  (await station.json<{ data: WorkOrder[] }>('GET', '/work-orders')).data.map(({ id }) => id);
const runsOf = async (workOrder: string) =>
  (await station.json<{ data: Run[] }>('GET', `/runs?workOrder=${workOrder}&limit=500`)).data;
const sockets = async () => (await station.json<{ data: VirtualSlot[] }>('GET', '/virtual/slots')).data;
const slot = (name: string) => station.json<Slot>('GET', `/slots/${name}`);

test('each round has clones, a write-protected board, a probe that dies and boards that pass when tested again', async () => {
  await until(ids, (found) => found.includes('DEMO-2'));
  expect(await order('DEMO-1')).toMatchObject({ state: 'completed', passed: 20, quantity: 20 });
  const runs = (await runsOf('DEMO-1')).toReversed();
  expect(runs.every(({ virtual }) => virtual)).toBe(true);
  const seen = runs.map(({ outcome, reason }) => `${outcome} ${reason}`);
  expect(seen).toEqual(expect.arrayContaining(['FAIL write-protected', 'FAIL verify-mismatch']));
  expect(runs.filter(({ outcome }) => outcome === 'ERROR').length).toBeGreaterThan(0);
  expect(runs.map(({ assessment }) => assessment?.difference)).toContain('maker');
  const failed = runs.find(({ reason }) => reason === 'verify-mismatch')!;
  // The last boards of a round may be tested again in the next one.
  const { uid } = failed.identity!;
  const again = await until(
    async () => (await station.json<{ data: Run[] }>('GET', `/runs?uid=${uid}`)).data.toReversed(),
    (found) => found.length === 2 && found[1]!.outcome !== null,
  );
  expect(again.map(({ outcome, slot: name }) => [outcome, name])).toEqual([
    ['FAIL', failed.slot],
    ['PASS', failed.slot],
  ]);
  await station.end('SIGKILL');
  await station.start();
  await until(ids, (found) => found.includes('DEMO-3'));
  expect(await order('DEMO-2')).toMatchObject({ state: 'closed' });
});

test('the hand leaves a slot alone that a request has changed, until the request that clears it', async () => {
  await station.json('POST', '/virtual/slots/2/remove');
  const inserted = await station.json<Slot>('POST', '/virtual/slots/2/insert', { board: 'f103rc' });
  const uid = inserted.board!.uid;
  // The demo's job takes the board, and the other slots go on.
  await until(
    () => slot('2'),
    ({ state }) => state === 'done',
  );
  const others = (await sockets()).filter(({ name }) => name !== '2');
  await until(sockets, (all) =>
    others.every((was) => all.find(({ name }) => name === was.name)!.uid !== was.uid),
  );
  expect((await sockets())[1]).toMatchObject({ board: 'f103rc', uid, person: true });
  await station.json('POST', '/virtual/slots/2/clear');
  await until(sockets, (all) => all[1]!.uid !== null && all[1]!.uid !== uid);
  // An empty socket that is given back is filled too.
  await station.json('POST', '/virtual/slots/2/remove');
  await station.json('POST', '/virtual/slots/2/clear');
  await until(sockets, (all) => all[1]!.uid !== null);
});

test('jobs of other people meet ordinary boards', async () => {
  const { id: image } = await station.json<{ id: string }>(
    'POST',
    '/images?name=a.bin&raw=true',
    new Uint8Array(2000).fill(5),
  );
  const posted = await station.json<Job>('POST', '/jobs', { image, count: 12, priority: 100 });
  const done = await until(
    () => station.json<Job>('GET', `/jobs/${posted.id}`),
    ({ state }) => state === 'completed',
  );
  expect(done.counts).toMatchObject({ requested: 12, passed: 12 });
});
