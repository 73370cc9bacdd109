import { jest } from '@jest/globals';
import {
  exitCodeOf,
  type Job,
  type Problem,
  type Slot,
  type StationEvent,
  type StationStatus,
} from '@boardwalk/contracts';
import { openToRead, storageProblemOf, verifyDatabase } from '@boardwalk/records';
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
import { canMount, SmallDisk } from '../testing/small-disk.ts';
import { StorageWatch } from './storage-watch.ts';

jest.setTimeout(120_000);

let station: OpenedStation;
let opened: OpenedStation | null = null;
let disk: SmallDisk | null = null;
afterEach(async () => {
  await opened?.remove();
  opened = null;
  disk?.remove();
  disk = null;
});

async function openOn(folder?: string, environment: Record<string, string> = {}): Promise<string> {
  station = opened = await new OpenedStation(folder, environment).open();
  const { id } = await station.json<{ id: string }>(
    'POST',
    '/images?name=a.bin&raw=true',
    new Uint8Array(600).fill(7),
  );
  return id;
}

const post = (image: string, more: object = {}) =>
  station.call('POST', '/api/v1/jobs', { image, count: 1, ...more });

/** As long as a busy machine may take; the disk of these tests is slow. */
const LONG_MS = 100_000;

/** Asks until /readyz answers so; then what it says is wrong. */
async function readiness(status: number): Promise<string[]> {
  const ask = async () => {
    const answer = await station.call('GET', '/readyz', undefined, { token: null });
    const { problems } = (await answer.json()) as { problems: string[] };
    return { status: answer.status, problems };
  };
  return (await until(ask, (answer) => answer.status === status, LONG_MS)).problems;
}

function completed(id: string): Promise<Job> {
  return until(
    () => station.json<Job>('GET', `/jobs/${id}`),
    ({ state }) => state === 'completed',
    LONG_MS,
  );
}

const chainIsWhole = (): boolean => {
  const database = openToRead(station.file);
  try {
    return verifyDatabase(database).ok;
  } finally {
    database.close();
  }
};

const jobIds = () =>
  station
    .rows<{ id: string }>('SELECT "id" FROM "Job" ORDER BY "id"')
    .map(({ id }) => id)
    .sort();

test('while another program holds the database the station says so, refuses new work, and goes on afterwards', async () => {
  const image = await openOn();
  const { id: first } = (await (await post(image)).json()) as Job;
  const other = new Sqlite(station.file);
  other.exec('BEGIN IMMEDIATE');
  const waiting = post(image);
  expect(await readiness(503)).toEqual([expect.stringMatching(/Another program holds the database/)]);
  const refused = await post(image);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await refused.json()).toMatchObject({ code: 'database-locked', retryable: true });
  const status = await station.json<StationStatus>('GET', '/station');
  expect(status).toMatchObject({ ready: false, problems: [expect.stringMatching(/End the program/)] });
  other.exec('ROLLBACK');
  other.close();
  expect(await readiness(200)).toEqual([]);
  const waited = await waiting;
  const stored = [first, ...(waited.status === 201 ? [((await waited.json()) as Job).id] : [])];
  expect(jobIds()).toEqual(stored.sort());
  expect((await post(image)).status).toBe(201);
  const events = (await station.json<{ data: StationEvent[] }>('GET', '/events')).data;
  expect(events.map(({ type }) => type)).toContain('station.changed');
  expect(chainIsWhole()).toBe(true);
});

test('a page that is damaged while the station works is named, and nothing new is begun on it', async () => {
  const image = await openOn();
  expect((await post(image)).status).toBe(201);
  damage(station.file);
  for (const path of ['/audit', '/jobs', '/runs', '/boards', '/images'])
    await (await station.call('GET', `/api/v1${path}`)).arrayBuffer();
  expect(await readiness(503)).toContainEqual(expect.stringMatching(/damaged.*boardwalk restore FILE/));
  const refused = await post(image);
  const problem = (await refused.json()) as Problem;
  // To come again is no use: a file that is damaged stays so until a backup is put back.
  expect([problem.status, problem.code, problem.retryable]).toEqual([503, 'database-damaged', false]);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, null]);
  expect(JSON.stringify(problem)).not.toMatch(/ at .*\.[jt]s:|\[object /);
  const page = await station.json<StationStatus>('GET', '/station');
  expect(page).toMatchObject({ ready: false, problems: [expect.stringMatching(/damaged/)] });
  expect((await station.call('GET', '/healthz', undefined, { token: null })).status).toBe(200);
});

test('a station does not open on a damaged database, and says what to do in one sentence', async () => {
  await openOn();
  await station.close();
  damage(station.file, 'the last page');
  const before = readFileSync(station.file);
  const refusal: unknown = await station.open().catch((cause: unknown) => cause);
  expect(exitCodeOf(refusal)).toBe(2);
  expect(refusal).toMatchObject({
    code: 'database-damaged',
    message: 'The database file is damaged.',
    remedy: expect.stringContaining('boardwalk restore FILE') as string,
  });
  expect(readFileSync(station.file).equals(before)).toBe(true);
});

const onSmallDisk = canMount() ? test : test.skip;

onSmallDisk(
  'when the disk runs full, jobs are stored or refused, none is half there, and it goes on by itself',
  async () => {
    disk = new SmallDisk(24);
    const image = await openOn(join(disk.folder, 'var'), { BOARDWALK_LEAST_FREE_MIB: '0' });
    disk.fill();
    const accepted: string[] = [];
    const units = Array.from({ length: 300 }, (_, index) => ({ serial: `SN${index}` }));
    let refused: Response;
    do {
      refused = await post(image, { count: undefined, units });
      if (refused.status === 201) accepted.push(((await refused.json()) as Job).id);
    } while (refused.status === 201 && accepted.length < 10_000);
    expect([refused.status, ((await refused.json()) as Problem).code]).toEqual([503, 'disk-full']);
    expect(jobIds()).toEqual(accepted.sort());
    disk.free();
    await readiness(200);
    expect((await post(image)).status).toBe(201);
    expect(jobIds()).toHaveLength(accepted.length + 1);
    expect(chainIsWhole()).toBe(true);
  },
);

onSmallDisk(
  'before the disk is full the station takes no work and begins no run; what waited runs afterwards',
  async () => {
    disk = new SmallDisk(24);
    const settings = { BOARDWALK_LEAST_FREE_MIB: '4', BOARDWALK_VIRTUAL_BOARDS: 'f103cb' };
    const image = await openOn(join(disk.folder, 'var'), settings);
    const { id } = (await (await post(image, { hold: true })).json()) as Job;
    disk.fill(2 * 1024 * 1024);
    expect(await readiness(503)).toEqual([expect.stringMatching(/disk of the data folder is full/)]);
    expect(((await (await post(image)).json()) as Problem).code).toBe('disk-full');
    await station.json('POST', `/jobs/${id}/release`);
    // Two readings of the board take longer than a run takes to begin.
    for (const _turn of [1, 2]) await station.json('POST', '/slots/1/identify');
    expect(station.rows('SELECT "id" FROM "Run"')).toEqual([]);
    disk.free();
    await readiness(200);
    await completed(id);
    expect(jobIds()).toEqual([id]);
  },
);

onSmallDisk(
  'when the disk runs full under load every job that was acknowledged is there, and no other',
  async () => {
    disk = new SmallDisk(24);
    const image = await openOn(join(disk.folder, 'var'), { BOARDWALK_LEAST_FREE_MIB: '0' });
    // A serial waits once: each request has its own.
    const unitsOf = (key: string) =>
      Array.from({ length: 100 }, (_, index) => ({ serial: `SN-${key}-${index}` }));
    const accepted: string[] = [];
    const refused: string[] = [];
    const send = (key: string) =>
      station.call(
        'POST',
        '/api/v1/jobs',
        { image, units: unitsOf(key) },
        { headers: { 'idempotency-key': key } },
      );
    const line = async (name: number): Promise<void> => {
      for (let number = 0; ; number += 1) {
        const key = `${name}-${number}`;
        const answer = await send(key);
        const body = (await answer.json()) as { id: string; code: string; retryable: boolean };
        if (answer.status !== 201) {
          expect([answer.status, body.code, body.retryable]).toEqual([503, 'disk-full', true]);
          refused.push(key);
          return;
        }
        accepted.push(body.id);
        if (accepted.length === 40) disk!.fill();
      }
    };
    await Promise.all(Array.from({ length: 16 }, (_, name) => line(name)));
    expect(refused).toHaveLength(16);
    expect(jobIds()).toEqual(accepted.sort());
    expect(station.rows('SELECT 1 FROM "JobUnit"')).toHaveLength(100 * accepted.length);
    disk.free();
    await readiness(200);
    // The keys of what was refused are free: each is stored now, once.
    for (const key of [...refused, ...refused]) expect((await send(key)).status).toBe(201);
    expect(jobIds()).toHaveLength(accepted.length + refused.length);
    expect(chainIsWhole()).toBe(true);
  },
);

onSmallDisk(
  'a data folder that becomes read-only while the station works is said everywhere, and it goes on afterwards',
  async () => {
    disk = new SmallDisk(24);
    const image = await openOn(join(disk.folder, 'var'), { BOARDWALK_LEAST_FREE_MIB: '0' });
    disk.makeReadOnly();
    expect(await readiness(503)).toEqual([expect.stringMatching(/data folder cannot be written.*writable/)]);
    const refused = await post(image);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await refused.json()).toMatchObject({ code: 'data-read-only', retryable: true });
    expect(await station.json<StationStatus>('GET', '/station')).toMatchObject({ ready: false });
    disk.makeWritable();
    await readiness(200);
    expect((await post(image)).status).toBe(201);
    const { data: events } = await station.json<{ data: StationEvent[] }>('GET', '/events');
    const said = events.flatMap(({ type, data }) => (type === 'station.changed' ? [data.ready] : []));
    expect(said).toEqual([false, true]);
    expect(chainIsWhole()).toBe(true);
  },
);

onSmallDisk('a data folder that became read-only is named', async () => {
  disk = new SmallDisk(1, ',ro');
  const watch = new StorageWatch();
  watch.watch(disk.folder, 0, async () => undefined);
  await watch.look();
  watch.close();
  expect(watch.problems).toMatchObject([{ code: 'data-read-only' }]);
});

test('runs begin again with what waited, once the storage is ready', async () => {
  const image = await openOn(undefined, { BOARDWALK_VIRTUAL_BOARDS: 'f103cb' });
  const other = new Sqlite(station.file);
  other.exec('BEGIN IMMEDIATE');
  const posted = post(image);
  await readiness(503);
  other.exec('ROLLBACK');
  other.close();
  await readiness(200);
  const answer = (await posted).status === 201 ? await posted : await post(image);
  const { id } = (await answer.json()) as Job;
  expect((await completed(id)).counts.passed).toBe(1);
});

test('a run whose records another program held up waits, ends, and only then is the slot free', async () => {
  const image = await openOn(undefined, { BOARDWALK_VIRTUAL_BOARDS: 'f103cb' });
  const other = new Sqlite(station.file);
  const units = [{ slot: '1' }, { slot: '1' }];
  const { id } = (await (await post(image, { count: undefined, units })).json()) as Job;
  await holdUpItsRun(other);
  // A request gives up meanwhile; the run does not.
  const renamed = { name: 'pia', role: 'mes' };
  expect((await station.call('POST', '/api/v1/accounts', renamed)).status).toBe(503);
  expect(other.prepare('SELECT "outcome" FROM "Run"').pluck().all()).toEqual([null]);
  other.exec('ROLLBACK');
  await readiness(200);
  await completed(id);
  const runs = other.prepare('SELECT "outcome", "detail" FROM "Run" ORDER BY "id"').all();
  expect(runs).toEqual([
    { outcome: 'PASS', detail: null },
    { outcome: 'PASS', detail: null },
  ]);
  other.close();
  expect(chainIsWhole()).toBe(true);
});

test('nobody who reads waits for a writer, not even while one waits for another program', async () => {
  const image = await openOn();
  const { id } = (await (await post(image, { hold: true })).json()) as Job;
  const other = new Sqlite(station.file);
  other.exec('BEGIN IMMEDIATE');
  let ended = false;
  const writing = station.call('POST', `/api/v1/jobs/${id}/hold`).finally(() => (ended = true));
  for (const path of ['/jobs', `/jobs/${id}`, '/runs', '/boards', '/events', '/audit', '/images', '/recipes'])
    expect([path, (await station.call('GET', `/api/v1${path}`)).status]).toEqual([path, 200]);
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
  const image = await openOn(undefined, { BOARDWALK_VIRTUAL_BOARDS: 'f103cb' });
  const { id } = (await (await post(image, { hold: true })).json()) as Job;
  await station.json('POST', `/jobs/${id}/release`);
  const database = new Sqlite(station.file, { readonly: true });
  await hasRows(() => database.prepare(`SELECT 1 FROM "RunStep"`).all());
  database.close();
  remove(station.data);
  const refused = await post(image);
  expect([refused.status, ((await refused.json()) as Problem).code]).toEqual([
    503,
    expect.stringMatching(/^(data-gone|not-stored)$/),
  ]);
  expect((await readiness(503)).join()).toMatch(/no longer at its path/);
  const { run } = await station.json<Slot>('GET', '/slots/1');
  expect(run?.outcome ?? null).not.toBe('PASS');
  await station.close();
  rmSync(`${station.data}-moved`, { recursive: true, force: true });
});

test('a station that closes while it cannot store a run’s end closes all the same, and the next start names the run', async () => {
  const image = await openOn(undefined, { BOARDWALK_VIRTUAL_BOARDS: 'f103cb' });
  const other = new Sqlite(station.file);
  await post(image, { count: undefined, units: [{ slot: '1' }] });
  await holdUpItsRun(other);
  await station.close();
  other.exec('ROLLBACK');
  other.close();
  await station.open();
  expect(station.rows('SELECT "outcome", "reason" FROM "Run"')).toEqual([
    { outcome: 'ERROR', reason: 'interrupted' },
  ]);
  expect(chainIsWhole()).toBe(true);
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
  await readiness(503);
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
