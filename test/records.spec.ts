import { jest } from '@jest/globals';
import type { Job } from '@boardwalk/contracts';
import Sqlite from 'better-sqlite3';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StationProcess, until } from './running-station.ts';

jest.setTimeout(180_000);

const CLI = fileURLToPath(new URL('../apps/cli/bin/boardwalk.mjs', import.meta.url));

let folder: string;
let station: StationProcess;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'boardwalk-records-'));
  station = new StationProcess(join(folder, 'var'), {
    BOARDWALK_VIRTUAL_BOARDS: 'f103cb,f103c8,cks32,f103c8',
  });
});
afterEach(async () => {
  await station.end('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The command line in a process of its own, on the data folder `data`; stdin is no terminal. */
async function boardwalk(args: string[], { data = 'var', input = '' } = {}): Promise<Ended> {
  const env = {
    ...process.env,
    BOARDWALK_DATA: join(folder, data),
    BOARDWALK_PORT: '0',
    BOARDWALK_BENCH: 'virtual',
  };
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: folder,
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended: Ended = { code: null, stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (ended.stdout += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (ended.stderr += chunk.toString('utf8')));
  child.stdin.end(input);
  [ended.code] = (await once(child, 'close')) as [number | null];
  expect(ended.stdout + ended.stderr).not.toMatch(/\bat .*\.(js|ts|mjs):\d+/);
  return ended;
}

async function flashJob(count: number): Promise<Job> {
  const bytes = Uint8Array.from({ length: 40_000 }, (_, index) => (index * 31 + (index >> 6)) & 0xff);
  const { id: image } = await station.json<{ id: string }>('POST', '/images?name=app.bin&raw=true', bytes);
  const units = Array.from({ length: count }, (_, index) => ({ slot: String((index % 4) + 1) }));
  return station.json<Job>('POST', '/jobs', { image, units });
}

test('accounts are made before the first start and beside a running station, which lets them in at once', async () => {
  const added = await boardwalk(['account', 'add', 'chief', '--role', 'admin', '--reason', 'first']);
  expect([added.code, added.stdout]).toEqual([0, expect.stringMatching(/^bwt_[\w-]{43}\n$/)]);
  await station.start();
  const as = async (token: string) =>
    (await fetch(`${station.url}/api/v1/audit`, { headers: { authorization: `Bearer ${token}` } })).status;
  expect(await as(added.stdout.trim())).toBe(200);
  const other = await boardwalk(['account', 'add', 'quinn', '--role', 'quality', '--password', '--json'], {
    input: 'vier Möwen am Kai\n',
  });
  const { token } = JSON.parse(other.stdout) as { token: string };
  expect(await as(token)).toBe(200);
  const login = { name: 'quinn', password: 'vier Möwen am Kai' };
  expect((await station.call('POST', '/api/v1/sessions', login)).status).toBe(201);
  expect((await boardwalk(['account', 'revoke', 'quinn'])).code).toBe(0);
  expect(await as(token)).toBe(401);
  expect((await boardwalk(['account', 'list'])).stdout).toMatch(
    /^chief {2}admin {2}1 token\nquinn {2}quality {2}revoked/,
  );
  const codes = [
    await boardwalk(['account', 'add', 'chief', '--role', 'admin']),
    await boardwalk(['account', 'add', 'station', '--role', 'mes']),
    await boardwalk(['account', 'add', 'x', '--role', 'king']),
    await boardwalk(['account', 'revoke', 'nobody-here']),
    await boardwalk(['account', 'add', 'y', '--role', 'admin', '--badge', 'OP-004711']),
  ].map(({ code }) => code);
  expect(codes).toEqual([3, 3, 3, 3, 4]);
  const rows = station.rows<{ type: string; reason: string | null }>(
    `SELECT "type", "reason" FROM "Event" WHERE "subject" LIKE 'account/%' ORDER BY "id"`,
  );
  expect(rows.map(({ type, reason }) => [type, reason])).toEqual([
    ['account.added', 'first'],
    ['account.added', null],
    ['account.revoked', null],
  ]);
});

test('audit verify needs no station, names the first bad row, and tells whole, broken and unreadable apart', async () => {
  await station.start();
  const { id } = await flashJob(4);
  await until(
    () => station.json<Job>('GET', `/jobs/${id}`),
    ({ state }) => state === 'completed',
  );
  expect((await boardwalk(['audit', 'verify'])).code).toBe(0);
  const next = await flashJob(4);
  await until(
    () => station.json<Job>('GET', `/jobs/${next.id}`),
    ({ counts }) => counts.running === 4,
  );
  await station.end('SIGKILL');
  const whole = await boardwalk(['audit', 'verify', '--json']);
  const { rows, anchors } = JSON.parse(whole.stdout) as { rows: number; anchors: number };
  expect([whole.code, rows > 20, anchors]).toEqual([0, true, 1]);
  const exported = (await boardwalk(['audit', 'export'])).stdout.trim().split('\n');
  expect(exported).toHaveLength(rows);
  await boardwalk(['audit', 'export', '--after', '5', '--out', 'rest.jsonl']);
  expect(readFileSync(join(folder, 'rest.jsonl'), 'utf8').trim().split('\n')).toEqual(exported.slice(5));

  const database = new Sqlite(join(folder, 'var', 'boardwalk.db'));
  database.exec(`DROP TRIGGER "Event_no_update"; UPDATE "Event" SET "actor" = 'nobody' WHERE "id" = 12`);
  database.close();
  const broken = await boardwalk(['audit', 'verify', join(folder, 'var', 'boardwalk.db')]);
  expect([broken.code, broken.stdout.split('\n')]).toEqual([
    1,
    [
      'BROKEN: row 12 was changed after it was written.',
      'BROKEN: Trigger Event_no_update of table Event is missing.',
      '',
    ],
  ]);
  expect((await boardwalk(['audit', 'verify', 'nothing.db'])).code).toBe(2);
  expect((await boardwalk(['audit', 'verify', 'rest.jsonl'])).stdout).toMatch(
    /^WHOLE: \d+ rows from row 6 on/,
  );
});

test('a backup taken while four slots flash restores on another machine and verifies; the station never paused', async () => {
  await station.start();
  const { id } = await flashJob(12);
  await until(
    () => station.json<Job>('GET', `/jobs/${id}`),
    ({ counts }) => counts.running === 4,
  );
  const taken = await boardwalk(['backup', 'night.boardwalk']);
  expect([taken.code, taken.stdout]).toEqual([0, expect.stringMatching(/images 1; read again and whole/)]);
  const then = await station.json<Job>('GET', `/jobs/${id}`);
  expect(then.state).toBe('running');
  const done = await until(
    () => station.json<Job>('GET', `/jobs/${id}`),
    ({ state }) => state === 'completed',
  );
  expect(done.counts).toMatchObject({ passed: 12 });
  expect((await boardwalk(['audit', 'verify', 'night.boardwalk'])).code).toBe(0);
  expect((await boardwalk(['backup', 'night.boardwalk'])).code).toBe(3);

  const held = await boardwalk(['restore', 'night.boardwalk', '--yes']);
  expect([held.code, held.stderr]).toEqual([
    2,
    expect.stringMatching(/held by the station \(pid \d+, http:\/\/[^:]+:[1-9]/),
  ]);
  const asked = await boardwalk(['restore', 'night.boardwalk'], { data: 'other' });
  expect([asked.code, existsSync(join(folder, 'other', 'boardwalk.db'))]).toEqual([4, false]);
  expect((await boardwalk(['restore', 'night.boardwalk', '--yes'], { data: 'other' })).code).toBe(0);
  expect((await boardwalk(['audit', 'verify'], { data: 'other' })).code).toBe(0);

  const other = new StationProcess(join(folder, 'other'), { BOARDWALK_VIRTUAL_BOARDS: 'f103cb+empty' });
  await other.start();
  try {
    const { counts } = await other.json<Job>('GET', `/jobs/${id}`);
    expect(counts.requested).toBe(12);
    expect(counts.error).toBeGreaterThan(0);
    const unread = other.rows(`SELECT 1 FROM "Run" WHERE "outcome" = 'PASS' AND "verifyMethod" IS NULL`);
    expect(unread).toEqual([]);
  } finally {
    await other.end('SIGINT');
  }
  expect((await boardwalk(['audit', 'verify'], { data: 'other' })).code).toBe(0);
});

test('a restore in place keeps what was there, and says what the backup does not know', async () => {
  await station.start();
  expect((await boardwalk(['backup', 'early.boardwalk'])).code).toBe(0);
  await flashJob(1);
  await station.end('SIGINT');
  const restored = await boardwalk(['restore', 'early.boardwalk', '--yes', '--reason', 'drill']);
  expect([restored.code, restored.stderr]).toEqual([
    0,
    expect.stringMatching(/What it gave out since is not given again[^]*Carried over/),
  ]);
  expect(
    readdirSync(join(folder, 'var')).filter((name) => name.startsWith('boardwalk.db.before-')),
  ).toHaveLength(1);
  await station.start();
  expect((await station.json<{ data: Job[] }>('GET', '/jobs')).data).toEqual([]);
  expect((await boardwalk(['audit', 'verify'])).code).toBe(0);
  const [row] = station.rows(`SELECT "reason" FROM "Event" WHERE "type" = 'station.restored'`);
  expect(row).toEqual({ reason: 'drill' });
});

test('the doctor finds nothing on a sound host, and names a damaged record with the command that mends it', async () => {
  await station.start();
  await station.end('SIGINT');
  const sound = await boardwalk(['doctor', '--json']);
  const { findings } = JSON.parse(sound.stdout) as { findings: { check: string; state: string }[] };
  expect([sound.code, findings.filter(({ state }) => state === 'fail')]).toEqual([0, []]);
  expect(findings.map(({ check }) => check)).toEqual([
    ...['node', 'usb', 'data folder', 'disk', 'database', 'audit', 'port'],
  ]);
  const database = new Sqlite(join(folder, 'var', 'boardwalk.db'));
  database.exec(`DROP TRIGGER "Event_no_update"; UPDATE "Event" SET "at" = '2026-01-01' WHERE "id" = 1`);
  database.close();
  const ill = await boardwalk(['doctor']);
  expect([ill.code, ill.stdout]).toEqual([
    2,
    expect.stringMatching(/^fail {2}audit .*Row 1 was changed.*\n {6}fix: npx boardwalk audit verify$/m),
  ]);
  expect((await boardwalk(['doctor', '--udev'])).stdout).toMatch(/ATTR\{idProduct\}=="374b"/);
});

test('audit verify says from where each row is covered, and names what another program changed', async () => {
  await boardwalk(['account', 'add', 'chief', '--role', 'admin']);
  const early = await boardwalk(['audit', 'verify']);
  expect([early.code, early.stdout, early.stderr]).toEqual([
    0,
    expect.stringMatching(/^WHOLE: \d+ rows; the last is \d+ [0-9a-f]{64}\.\n$/),
    'The rows of the tables are not covered yet, only ends of runs: start the station once, it seals them.\n',
  ]);
  await station.start();
  await station.end('SIGTERM');
  const later = await boardwalk(['audit', 'verify']);
  expect([later.code, later.stdout, later.stderr]).toEqual([
    0,
    expect.stringMatching(/^WHOLE: \d+ rows, held against 1 anchors; the last is /),
    expect.stringMatching(
      /^\d+ rows of \d+ tables were held against the record, all their columns: the \d+ rows from before event \d+ since it sealed them on \d{4}-\d\d-\d\d, all others since they were written\.\n$/,
    ),
  ]);
  const database = new Sqlite(join(folder, 'var', 'boardwalk.db'));
  database.exec(`UPDATE "Account" SET "role" = 'operator'; DELETE FROM "Touched"; CREATE TABLE "Mine" ("x")`);
  database.close();
  const forged = await boardwalk(['audit', 'verify']);
  expect([forged.code, forged.stdout]).toEqual([
    1,
    expect.stringMatching(
      /^BROKEN: row \d+ states account chief \(table Account\) otherwise: another program has changed it\.\nBROKEN: Table Mine .*\n$/,
    ),
  ]);
});

test('a restore over a file that cannot be read closes the serial ranges until record open', async () => {
  await boardwalk(['account', 'add', 'chief', '--role', 'admin']);
  const open = (...args: string[]) => boardwalk(['record', 'open', ...args]);
  const nothing = await open();
  expect([nothing.code, nothing.stderr]).toEqual([
    3,
    expect.stringMatching(/The serial ranges of this station are open already\. There is nothing to do\./),
  ]);
  await boardwalk(['backup', 'early.boardwalk']);
  expect((await boardwalk(['restore', 'none.boardwalk', '--yes'])).code).toBe(2);

  writeFileSync(join(folder, 'var', 'boardwalk.db'), 'no database');
  const asked = await boardwalk(['restore', 'early.boardwalk']);
  expect([asked.code, asked.stdout, asked.stderr]).toEqual([
    4,
    '',
    expect.stringMatching(
      /^The backup ends at row \d+ \(.*\) and holds 0 images\. .*\nThere is no database to be replaced, or it cannot be read\.\n[^]*Nothing was restored\.[^]*--yes/,
    ),
  ]);
  const restored = await boardwalk(['restore', 'early.boardwalk', '--yes']);
  expect([restored.code, restored.stdout]).toEqual([
    0,
    expect.stringMatching(/^Restored up to row \d+\. The database as it was is kept as .*\.\n$/),
  ]);
  expect(restored.stderr).toMatch(/ranges are closed, [^]*Then: boardwalk record open\n$/);

  const opened = await open('--reason', 'labels up to A-0471 are on boards', '--json');
  expect([opened.code, JSON.parse(opened.stdout)]).toMatchObject([
    0,
    { generation: { number: 2, closed: false } },
  ]);
  expect((await open()).code).toBe(3);
  expect(station.rows(`SELECT "reason" FROM "Event" WHERE "type" = 'record.opened'`)).toEqual([
    { reason: 'labels up to A-0471 are on boards' },
  ]);
  expect((await boardwalk(['audit', 'verify'])).code).toBe(0);
  expect((await boardwalk(['record', 'open'], { data: 'nowhere' })).code).toBe(2);
});

test('a restore on another machine says that the origin cannot be checked, and one at home that it is', async () => {
  await boardwalk(['account', 'add', 'chief', '--role', 'admin']);
  await boardwalk(['backup', 'early.boardwalk']);
  const says = async (data: string) => (await boardwalk(['restore', 'early.boardwalk'], { data })).stderr;
  expect(await says('var')).toMatch(/This station wrote it, and nothing in it was changed since\./);
  expect(await says('other')).toMatch(
    /Its origin cannot be checked: [^]*There is no database to be replaced/,
  );
});
