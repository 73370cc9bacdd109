import { jest } from '@jest/globals';
import type { Job, StationEvent } from '@boardwalk/contracts';
import { openToRead, verifyDatabase } from '@boardwalk/records';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { EventLog } from './event-log.ts';
import { openDatabase } from '../persistence/database.ts';
import { OpenedStation } from '../testing/opened-station.ts';
import { until } from '../testing/until.ts';

jest.setTimeout(60_000);

let station: OpenedStation;
beforeEach(async () => void (station = await new OpenedStation().open()));
afterEach(() => station.remove());

interface AuditRow {
  id: number;
  actor: string;
  role: string;
  type: string;
  subject: string;
  old_value: string | null;
  new_value: string;
  reason: string | null;
}

const audit = (where: string) =>
  station.rows<AuditRow>(`SELECT * FROM "audit_log" WHERE ${where} ORDER BY "id"`);
const check = () => {
  const database = openToRead(station.file);
  try {
    return verifyDatabase(database);
  } finally {
    database.close();
  }
};

async function postJob(count = 1): Promise<Job> {
  const { id: image } = await station.json<{ id: string }>(
    'POST',
    '/images?name=a.bin&raw=true',
    Uint8Array.from({ length: 600 }, (_, index) => index & 0xff),
  );
  return station.json<Job>('POST', '/jobs', { image, count });
}

test('every change says who, why, the old value and the new one', async () => {
  const job = await postJob();
  const headers = { 'boardwalk-reason': encodeURIComponent('Charge gesperrt – Prüfung') };
  const answer = await station.call('POST', `/api/v1/jobs/${job.id}/hold`, undefined, { headers });
  expect(answer.status).toBe(200);
  const rows = audit(`"subject" = 'job/${job.id}'`);
  expect(rows.map(({ type, actor, role, reason }) => [type, actor, role, reason])).toEqual([
    ['job.created', 'start-token', 'admin', null],
    ['job.changed', 'start-token', 'admin', 'Charge gesperrt – Prüfung'],
  ]);
  const states = [rows[1]!.old_value!, rows[1]!.new_value].map((text) => (JSON.parse(text) as Job).state);
  expect(states).toEqual(['queued', 'held']);
  expect(check().ok).toBe(true);
});

test('what the station does by itself is its own act, whoever posted the job', async () => {
  await station.remove();
  station = await new OpenedStation(undefined, { BOARDWALK_VIRTUAL_BOARDS: 'f103cb' }).open();
  const job = await postJob();
  const rowsOf = (where: string) => () => Promise.resolve(audit(where));
  await until(rowsOf(`"type" = 'job.completed'`), (rows) => rows.length > 0);
  await station.json('POST', '/slots/1/disable');
  await station.json('POST', '/slots/1/enable');
  // A change of a slot is recorded after its answer.
  await until(rowsOf(`"type" = 'slot.changed' AND "actor" = 'start-token'`), (rows) => rows.length >= 2);
  expect(audit(`"type" LIKE 'run.%' AND "actor" <> 'station'`)).toEqual([]);
  expect(audit(`"subject" = 'job/${job.id}'`).map(({ type, actor }) => [type, actor])).toEqual([
    ['job.created', 'start-token'],
    ['job.changed', 'station'],
    ['job.completed', 'station'],
  ]);
});

test('GET /events gives the same log as before: ids in order, after an id, without the audit’s own rows', async () => {
  await postJob();
  const all = (await station.json<{ data: StationEvent[] }>('GET', '/events')).data;
  expect(all.map(({ type }) => type)).toContain('job.created');
  expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).sort((a, b) => a - b));
  const from = all[0]!.id;
  const rest = (await station.json<{ data: StationEvent[] }>('GET', `/events?after=${from}`)).data;
  expect(rest).toEqual(all.slice(1));
  expect(Object.keys(all[0]!).sort()).toEqual(['at', 'data', 'id', 'type']);
});

/** Another program that writes to the file, as `boardwalk account add` does, over and over until it is stopped. */
async function otherWriter(): Promise<() => Promise<unknown>> {
  const code = `
    const { workerData, parentPort } = require('node:worker_threads');
    const database = new (require(workerData.driver))(workerData.file, { timeout: 5000 });
    const write = database.prepare('UPDATE "Migration" SET "appliedAt" = "appliedAt"');
    const stop = new Int32Array(workerData.stop);
    for (let turn = 0; Atomics.load(stop, 0) === 0; turn += 1) {
      write.run();
      if (turn === 0) parentPort.postMessage('writing');
    }
    database.close();`;
  const driver = createRequire(import.meta.url).resolve('better-sqlite3');
  const stop = new SharedArrayBuffer(4);
  const worker = new Worker(code, { eval: true, workerData: { file: station.file, driver, stop } });
  await once(worker, 'message');
  return () => {
    Atomics.store(new Int32Array(stop), 0, 1);
    return once(worker, 'exit');
  };
}

test('many writers at once keep one chain: requests, and another process between them', async () => {
  const job = await postJob(3);
  const endOther = await otherWriter();
  const acts = Array.from({ length: 60 }, (_, index) =>
    station.call('POST', `/api/v1/jobs/${job.id}/${index % 2 === 0 ? 'hold' : 'release'}`),
  );
  const statuses = (await Promise.all(acts)).map(({ status }) => status);
  await endOther();
  expect(statuses.filter((status) => status !== 200 && status !== 409)).toEqual([]);
  const { ok, rows } = check();
  expect([ok, rows]).toEqual([true, station.rows<{ n: number }>('SELECT count(*) AS n FROM "Event"')[0]!.n]);
});

test('rows written in one statement link like those written one by one, each with its own caller', async () => {
  await station.close();
  const database = openDatabase(station.file);
  const events = new EventLog(database);
  const as = (actor: string) => ({ actor, role: 'mes', reason: null });
  const slot = { slot: '1', port: '1-1', probe: null, note: 'Ü \u2028 "quoted" \\ \ud83d\ude00 \u0001' };
  await database.commit(async (transaction) => {
    await events.append(transaction, 'probe.lost', slot);
    const both = await events.appendAll(transaction, [
      { type: 'probe.connected', data: slot, caller: as('mes-1') },
      { type: 'probe.lost', data: slot, caller: as('mes-2') },
    ]);
    expect(both[1]!.id).toBe(both[0]!.id + 1);
    expect(await events.appendAll(transaction, [])).toEqual([]);
    await events.append(transaction, 'probe.connected', slot);
  });
  const shown = (await events.after(0, 1000)).slice(-4);
  expect(shown.map(({ data }) => data)).toEqual([slot, slot, slot, slot]);
  await database.$disconnect();
  expect(check().ok).toBe(true);
  expect(audit(`"actor" LIKE 'mes-%'`).map(({ actor }) => actor)).toEqual(['mes-1', 'mes-2']);
});
