import { jest } from '@jest/globals';
import { DEFAULT_STEPS, type Job, type Recipe } from '@boardwalk/contracts';
import Sqlite from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connections } from './connections.ts';
import { StationProcess } from './running-station.ts';

jest.setTimeout(300_000);

/** A commit in the life of a run: what the database shows once it is there, for a run that has not ended. */
interface KillPoint {
  readonly name: string;
  readonly sql: string;
}

const OF_AN_OPEN_RUN = 'select 1 from "Run" r join "RunStep" s on s.runId = r.id where r.outcome is null';
const POINTS: KillPoint[] = [
  {
    name: 'claimed',
    sql: 'select 1 from "Run" r where r.outcome is null and not exists (select 1 from "RunStep" s where s.runId = r.id and s.state = \'passed\')',
  },
  ...DEFAULT_STEPS.flatMap((step, index) =>
    ['running', 'passed'].map((state) => ({
      name: `${index} ${step} ${state}`,
      sql: `${OF_AN_OPEN_RUN} and s."index" = ${index} and s.state = '${state}'`,
    })),
  ),
  { name: 'ended', sql: 'select 1 from "Run" r where r.outcome is not null' },
];
const SLOTS = ['1', '2', '3', '4'];
const RESTART_CPU_SECONDS = 5;

interface RunRow {
  readonly id: string;
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly remedy: string | null;
  readonly serial: string;
  readonly verified: number;
}

const data = mkdtempSync(join(tmpdir(), 'boardwalk-kill-'));
const station = new StationProcess(data, { BOARDWALK_VIRTUAL_BOARDS: SLOTS.map(() => 'f103c8').join(',') });
/** Keys of jobs that were posted, and the id that was acknowledged, where an answer came. */
const posted = new Map<string, string | null>();

afterAll(async () => {
  await station.end('SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

const RUNS = `select r.id, r.outcome, r.reason, r.remedy, r.serial, exists (
  select 1 from "RunStep" s where s.runId = r.id and s.step = 'verify' and s.state = 'passed') as verified from "Run" r`;

/** Boards for every slot, more than will be run before the next kill. */
function postWork(): Promise<Job> {
  const units = [0, 1].flatMap(() => SLOTS.map((slot) => ({ slot })));
  return station.json<Job>('POST', '/jobs', { recipe: { name: 'app' }, units });
}

/** An MES that goes on posting until the station is gone; held jobs, so that only runs keep the slots busy. */
function postMeanwhile(life: number, connections: Connections): Promise<void[]> {
  const body = JSON.stringify({ recipe: { name: 'app' }, count: 1, hold: true, clientRef: `life-${life}` });
  return Promise.all(
    Array.from({ length: 4 }, async (_, line) => {
      for (let number = 0; ; number += 1) {
        const key = `life-${life}-line-${line}-${number}`;
        posted.set(key, null);
        const answer = await connections.post('/jobs', body, { 'idempotency-key': key });
        if (!answer) return;
        expect([201, 429]).toContain(answer.status);
        if (answer.status === 201) posted.set(key, (JSON.parse(answer.body) as Job).id);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }),
  );
}

/** Watches the database file from outside; kills once a run after the last of the former life has come to the point. */
async function killAt({ sql }: KillPoint, last: number): Promise<void> {
  const watcher = new Sqlite(join(data, 'boardwalk.db'), { readonly: true });
  const reached = watcher.prepare(`${sql} and r.rowid > ?`);
  while (!reached.get(last)) await new Promise((resolve) => setTimeout(resolve, 1));
  const dead = station.end('SIGKILL');
  watcher.close();
  await dead;
}

test('kill -9 at each commit of a run, with four slots busy: nothing is lost, doubled or called PASS unread', async () => {
  await station.start();
  const { id: image } = await station.json<{ id: string }>(
    'POST',
    '/images?name=a.bin',
    Uint8Array.from({ length: 3000 }, (_, i) => (i * 31) & 0xff),
  );
  await station.json('POST', '/serial-ranges', {
    name: 'sn',
    source: 'counter',
    format: { prefix: 'K', width: 5 },
  });
  const patches = [{ address: '0x0800fc00', encoding: 'ascii', bytes: 8, from: 'range', range: 'sn' }];
  await station.json<Recipe>('POST', '/recipes', { name: 'app', image, patches });

  let before: RunRow[] = [];
  for (const [life, point] of POINTS.entries()) {
    await postWork();
    const connections = new Connections(station, 4);
    const posting = postMeanwhile(life, connections);
    await killAt(point, before.length);
    await posting;
    connections.close();
    before = station.rows<RunRow>(RUNS);
    await station.start();
    await checkAfter(point.name, before);
  }

  // A key whose answer never came is asked again: the job was stored with it, or is stored now.
  const body = (key: string) =>
    JSON.stringify({ recipe: { name: 'app' }, count: 1, hold: true, clientRef: key.replace(/-line.*/, '') });
  const connections = new Connections(station, 4);
  for (const [key, id] of posted) {
    if (id !== null) continue;
    const answer = await connections.post('/jobs', body(key), { 'idempotency-key': key });
    expect(answer?.status).toBe(201);
    posted.set(key, (JSON.parse(answer!.body) as Job).id);
  }
  connections.close();
  const stored = station.rows<{ id: string }>(`select id from "Job" where clientRef like 'life-%'`);
  expect(stored.map(({ id }) => id).sort()).toEqual([...posted.values()].sort());
});

async function checkAfter(point: string, before: readonly RunRow[]): Promise<void> {
  expect((await fetch(`${station.url}/readyz`)).status).toBe(200);
  const metrics = await (await station.call('GET', '/metrics')).text();
  // Of the processor, so that a busy machine is not judged.
  expect(Number(/^process_cpu_seconds_total (\S+)/m.exec(metrics)![1])).toBeLessThan(RESTART_CPU_SECONDS);
  const after = new Map(station.rows<RunRow>(RUNS).map((run) => [run.id, run]));
  for (const { id, outcome } of before) {
    const run = after.get(id)!;
    const ended = outcome === null ? ['ERROR', 'interrupted'] : [outcome, run.reason];
    expect([point, run.outcome, run.reason]).toEqual([point, ...ended]);
    if (outcome === null) expect(run.remedy).toMatch(/^Scan the board again/);
  }
  for (const { outcome, verified } of after.values()) if (outcome === 'PASS') expect(verified).toBe(1);
  const serials = [...after.values()].map(({ serial }) => serial);
  expect(new Set(serials).size).toBe(serials.length);
  const given = station.rows<{
    state: string;
    reason: string | null;
    outcome: string | null;
    why: string | null;
  }>('select s.state, s.reason, r.outcome, r.reason as why from "Serial" s join "Run" r on r.id = s.runId');
  for (const { state, reason, outcome, why } of given) {
    if (outcome === null) expect(state).toBe('reserved');
    else expect([state, reason]).toEqual(outcome === 'PASS' ? ['committed', null] : ['voided', why]);
  }
}
