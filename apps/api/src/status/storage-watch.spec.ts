import { jest } from '@jest/globals';
import {
  exitCodeOf,
  type Job,
  type Problem,
  type Slot,
  type StationEvent,
  type StationStatus,
} from '@boardwalk/contracts';
import { storageProblemOf } from '@boardwalk/records';
import Sqlite from 'better-sqlite3';
import {
  closeSync,
  copyFileSync,
  fstatSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OpenedStation } from '../testing/opened-station.ts';
import { until } from '../testing/until.ts';
import { StorageBench } from '../testing/storage-bench.ts';

jest.setTimeout(120_000);

const bench = new StorageBench();
afterEach(() => bench.remove());

test('while another program holds the database the station says so, refuses new work, and goes on afterwards', async () => {
  const image = await bench.openOn();
  const { id: first } = (await (await bench.post(image)).json()) as Job;
  const other = new Sqlite(bench.station.file);
  other.exec('BEGIN IMMEDIATE');
  const waiting = bench.post(image);
  expect(await bench.readiness(503)).toEqual([expect.stringMatching(/Another program holds the database/)]);
  const refused = await bench.post(image);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await refused.json()).toMatchObject({ code: 'database-locked', retryable: true });
  const status = await bench.station.json<StationStatus>('GET', '/station');
  expect(status).toMatchObject({ ready: false, problems: [expect.stringMatching(/End the program/)] });
  other.exec('ROLLBACK');
  other.close();
  expect(await bench.readiness(200)).toEqual([]);
  const waited = await waiting;
  const stored = [first, ...(waited.status === 201 ? [((await waited.json()) as Job).id] : [])];
  expect(bench.jobIds()).toEqual(stored.sort());
  expect((await bench.post(image)).status).toBe(201);
  const events = (await bench.station.json<{ data: StationEvent[] }>('GET', '/events')).data;
  expect(events.map(({ type }) => type)).toContain('station.changed');
  expect(bench.chainIsWhole()).toBe(true);
});

test('a page that is damaged while the station works is named, and nothing new is begun on it', async () => {
  const image = await bench.openOn();
  expect((await bench.post(image)).status).toBe(201);
  damage(bench.station.file);
  for (const path of ['/audit', '/jobs', '/runs', '/boards', '/images'])
    await (await bench.station.call('GET', `/api/v1${path}`)).arrayBuffer();
  expect(await bench.readiness(503)).toContainEqual(expect.stringMatching(/damaged.*boardwalk restore FILE/));
  const refused = await bench.post(image);
  const problem = (await refused.json()) as Problem;
  // To come again is no use: a file that is damaged stays so until a backup is put back.
  expect([problem.status, problem.code, problem.retryable]).toEqual([503, 'database-damaged', false]);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, null]);
  expect(JSON.stringify(problem)).not.toMatch(/ at .*\.[jt]s:|\[object /);
  const page = await bench.station.json<StationStatus>('GET', '/station');
  expect(page).toMatchObject({ ready: false, problems: [expect.stringMatching(/damaged/)] });
  expect((await bench.station.call('GET', '/healthz', undefined, { token: null })).status).toBe(200);
});

test('a station does not open on a damaged database, and says what to do in one sentence', async () => {
  await bench.openOn();
  await bench.station.close();
  damage(bench.station.file, 'the last page');
  const before = readFileSync(bench.station.file);
  const refusal: unknown = await bench.station.open().catch((cause: unknown) => cause);
  expect(exitCodeOf(refusal)).toBe(2);
  expect(refusal).toMatchObject({
    code: 'database-damaged',
    message: 'The database file is damaged.',
    remedy: expect.stringContaining('boardwalk restore FILE') as string,
  });
  expect(readFileSync(bench.station.file).equals(before)).toBe(true);
});

test('runs begin again with what waited, once the storage is ready', async () => {
  const image = await bench.openOn(undefined, { BOARDWALK_VIRTUAL_BOARDS: 'f103cb' });
  const other = new Sqlite(bench.station.file);
  other.exec('BEGIN IMMEDIATE');
  const posted = bench.post(image);
  await bench.readiness(503);
  other.exec('ROLLBACK');
  other.close();
  await bench.readiness(200);
  const answer = (await posted).status === 201 ? await posted : await bench.post(image);
  const { id } = (await answer.json()) as Job;
  expect((await bench.completed(id)).counts.passed).toBe(1);
});

test('a run whose records another program held up waits, ends, and only then is the slot free', async () => {
  const image = await bench.openOn(undefined, { BOARDWALK_VIRTUAL_BOARDS: 'f103cb' });
  const other = new Sqlite(bench.station.file);
  const units = [{ slot: '1' }, { slot: '1' }];
  const { id } = (await (await bench.post(image, { count: undefined, units })).json()) as Job;
  await holdUpItsRun(other);
  // A request gives up meanwhile; the run does not.
  const renamed = { name: 'pia', role: 'mes' };
  expect((await bench.station.call('POST', '/api/v1/accounts', renamed)).status).toBe(503);
  expect(other.prepare('SELECT "outcome" FROM "Run"').pluck().all()).toEqual([null]);
  other.exec('ROLLBACK');
  await bench.readiness(200);
  await bench.completed(id);
  const runs = other.prepare('SELECT "outcome", "detail" FROM "Run" ORDER BY "id"').all();
  expect(runs).toEqual([
    { outcome: 'PASS', detail: null },
    { outcome: 'PASS', detail: null },
  ]);
  other.close();
  expect(bench.chainIsWhole()).toBe(true);
});

test('nobody who reads waits for a writer, not even while one waits for another program', async () => {
  const image = await bench.openOn();
  const { id } = (await (await bench.post(image, { hold: true })).json()) as Job;
  const other = new Sqlite(bench.station.file);
  other.exec('BEGIN IMMEDIATE');
  let ended = false;
  const writing = bench.station.call('POST', `/api/v1/jobs/${id}/hold`).finally(() => (ended = true));
  for (const path of ['/jobs', `/jobs/${id}`, '/runs', '/boards', '/events', '/audit', '/images', '/recipes'])
    expect([path, (await bench.station.call('GET', `/api/v1${path}`)).status]).toEqual([path, 200]);
  expect(ended).toBe(false);
  other.exec('ROLLBACK');
  other.close();
  await writing;
});

test.each([
  ['the data folder is deleted', (data: string) => rmSync(data, { recursive: true })],
  ['the data folder is moved', (data: string) => renameSync(data, `${data}-moved`)],
  ['the write-ahead log is deleted', (data: string) => rmSync(join(data, 'boardwalk.db-wal'))],
  [
    'the database is replaced by a copy',
    (data: string) => {
      copyFileSync(join(data, 'boardwalk.db'), join(data, 'copy'));
      renameSync(join(data, 'copy'), join(data, 'boardwalk.db'));
    },
  ],
])('when %s nothing is accepted and no run passes', async (_what, remove) => {
  const image = await bench.openOn(undefined, { BOARDWALK_VIRTUAL_BOARDS: 'f103cb' });
  const { id } = (await (await bench.post(image, { hold: true })).json()) as Job;
  await bench.station.json('POST', `/jobs/${id}/release`);
  const database = new Sqlite(bench.station.file, { readonly: true });
  await hasRows(() => database.prepare(`SELECT 1 FROM "RunStep"`).all());
  database.close();
  remove(bench.station.data);
  const refused = await bench.post(image);
  expect([refused.status, ((await refused.json()) as Problem).code]).toEqual([
    503,
    expect.stringMatching(/^(data-gone|not-stored)$/),
  ]);
  expect((await bench.readiness(503)).join()).toMatch(/no longer at its path/);
  const { run } = await bench.station.json<Slot>('GET', '/slots/1');
  expect(run?.outcome ?? null).not.toBe('PASS');
  await bench.station.close();
  rmSync(`${bench.station.data}-moved`, { recursive: true, force: true });
});

test('a station that closes while it cannot store a run’s end closes all the same, and the next start names the run', async () => {
  const image = await bench.openOn(undefined, { BOARDWALK_VIRTUAL_BOARDS: 'f103cb' });
  const other = new Sqlite(bench.station.file);
  await bench.post(image, { count: undefined, units: [{ slot: '1' }] });
  await holdUpItsRun(other);
  await bench.station.close();
  other.exec('ROLLBACK');
  other.close();
  await bench.station.open();
  expect(bench.station.rows('SELECT "outcome", "reason" FROM "Run"')).toEqual([
    { outcome: 'ERROR', reason: 'interrupted' },
  ]);
  expect(bench.chainIsWhole()).toBe(true);
});

test('errors are told apart by their codes wherever they stand, and others are none of it', () => {
  const wrapped = (originalCode: string) => ({ meta: { driverAdapterError: { cause: { originalCode } } } });
  const codes = [
    [wrapped('SQLITE_FULL'), 'disk-full'],
    [wrapped('SQLITE_BUSY_SNAPSHOT'), 'database-locked'],
    [wrapped('SQLITE_CORRUPT_VTAB'), 'database-damaged'],
    [wrapped('SQLITE_IOERR_WRITE'), 'disk-failing'],
    [wrapped('SQLITE_READONLY_DBMOVED'), 'data-read-only'],
    [Object.assign(new Error('no space'), { code: 'ENOSPC' }), 'disk-full'],
    [new Error('outer', { cause: Object.assign(new Error('inner'), { code: 'EROFS' }) }), 'data-read-only'],
    [wrapped('SQLITE_CONSTRAINT_UNIQUE'), undefined],
    [new Error('else'), undefined],
    ['text', undefined],
  ] as const;
  expect(codes.map(([cause]) => storageProblemOf(cause)?.code)).toEqual(codes.map(([, code]) => code));
});

test('a start on a data folder that cannot be made says so', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'boardwalk-file-'));
  writeFileSync(join(folder, 'file'), '');
  const inside = new OpenedStation(join(folder, 'file', 'var'));
  const refusal: unknown = await inside.open().catch((cause: unknown) => cause);
  rmSync(folder, { recursive: true });
  expect(exitCodeOf(refusal)).toBe(2);
  expect(refusal).toMatchObject({
    code: 'data-read-only',
    remedy: 'Make it writable, or set BOARDWALK_DATA.',
  });
});

/** A run is over soon: it is looked for often. */
const hasRows = (ask: () => unknown[]): Promise<unknown[]> =>
  until(
    async () => ask(),
    (rows) => rows.length > 0,
    45_000,
    5,
  );

/** Takes the database once a run has begun, until the station says so. */
async function holdUpItsRun(other: Sqlite.Database): Promise<void> {
  await hasRows(() => other.prepare(`SELECT 1 FROM "RunStep" WHERE "step" = 'erase'`).all());
  other.exec('BEGIN IMMEDIATE');
  await bench.readiness(503);
}

/** Overwrites pages, and lets the station's cache know that the file has moved on. */
function damage(path: string, which: 'all but the first' | 'the last page' = 'all but the first'): void {
  const other = new Sqlite(path);
  other.exec('UPDATE "Migration" SET "appliedAt" = "appliedAt"');
  other.pragma('wal_checkpoint(TRUNCATE)');
  other.close();
  const file = openSync(path, 'r+');
  const { size } = fstatSync(file);
  const from = which === 'the last page' ? size - 4096 : 4096;
  writeSync(file, Buffer.alloc(size - from, 0xa5), 0, undefined, from);
  closeSync(file);
}
