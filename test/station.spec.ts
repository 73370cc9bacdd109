import { jest } from '@jest/globals';
import type { Job, Problem, Recipe, Run, Slot } from '@boardwalk/contracts';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StationProcess, until } from './running-station.ts';

jest.setTimeout(120_000);

let station: StationProcess;
let data: string;

async function open(environment: Record<string, string> = {}): Promise<void> {
  data = mkdtempSync(join(tmpdir(), 'boardwalk-station-'));
  station = new StationProcess(data, environment);
  await station.start();
}
afterEach(async () => {
  await station.end('SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

function firmware(seed: number, bytes = 9000): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, i) => (i * seed + (i >> 5)) & 0xff);
}

async function upload(bytes: Uint8Array, name = 'app.bin'): Promise<string> {
  return (await station.json<{ id: string }>('POST', `/images?name=${name}&raw=true`, bytes)).id;
}

const job = (id: string) => () => station.json<Job>('GET', `/jobs/${id}`);
const runsOf = async (id: string) => (await station.json<{ data: Run[] }>('GET', `/jobs/${id}/runs`)).data;

interface LogRow {
  slot: string;
  dpidr: string;
  device_id: string;
  flash_size_kib: number;
  dump_before_sha256: string;
  dump_after_sha256: string;
  uid: string;
  verdict: string;
  resembles: string | null;
  outcome: string;
  serial: string | null;
}

test('a job for eight boards on four slots is flashed, verified, logged, and the hand puts in the next four', async () => {
  await open({ BOARDWALK_VIRTUAL_BOARDS: 'f103cb,f103c8,cks32,f103c8', BOARDWALK_DEMO: '1' });
  expect(station.printed).toMatch(/VIRTUAL/);
  const image = await upload(firmware(7));
  const posted = await station.json<Job>('POST', '/jobs', { image, count: 8, priority: 100 });
  const done = await until(job(posted.id), ({ state }) => state === 'completed');
  expect(done.counts).toMatchObject({ requested: 8, passed: 8, failed: 0, error: 0 });
  const runs = await runsOf(posted.id);
  expect(new Set(runs.map(({ identity }) => identity?.uid)).size).toBe(8);
  expect(runs.every(({ verify }) => verify?.method === 'digest')).toBe(true);
  const rows = station.rows<LogRow>(`select * from board_log where job_id = '${posted.id}'`);
  expect(rows).toHaveLength(8);
  for (const row of rows) {
    expect(row).toMatchObject({ outcome: 'PASS', device_id: '0x20036410', serial: null });
    expect(row.dump_before_sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(row.dump_after_sha256).not.toBe(row.dump_before_sha256);
  }
  const clones = rows.filter(({ dpidr }) => dpidr === '0x2ba01477');
  expect(clones.length).toBeGreaterThan(0);
  for (const { verdict, resembles } of clones) expect([verdict, resembles]).toEqual(['differs', null]);
});

test('a recipe that rejects differing chips fails them untouched, and flashes the others', async () => {
  await open({ BOARDWALK_VIRTUAL_BOARDS: 'f103cb,cks32' });
  const image = await upload(firmware(3));
  const recipe = await station.json<Recipe>('POST', '/recipes', {
    name: 'strict',
    image,
    onDiffers: 'reject',
  });
  expect(recipe.revision).toBe(1);
  const posted = await station.json<Job>('POST', '/jobs', {
    recipe: { name: 'strict' },
    units: [
      { serial: 'SN1', slot: '1' },
      { serial: 'SN2', slot: '2' },
    ],
  });
  const done = await until(job(posted.id), ({ state }) => state === 'completed');
  expect(done.counts).toMatchObject({ passed: 1, failed: 1 });
  const failed = (await runsOf(posted.id)).find(({ serial }) => serial === 'SN2')!;
  expect(failed).toMatchObject({ outcome: 'FAIL', reason: 'identity-differs', slot: '2' });
  expect(failed.steps.map(({ step }) => step)).toEqual(['connect', 'identify']);
});

test('a kept dump is an image that can be fetched, and protection is proved and recorded', async () => {
  await open({ BOARDWALK_VIRTUAL_BOARDS: 'f103cb' });
  const image = await upload(firmware(11));
  const keep = { step: 'dump', keepFile: true };
  const steps = ['connect', 'identify', 'erase', 'program', 'reset', 'verify', keep, 'protect'];
  const recipe = await station.json<Recipe>('POST', '/recipes', { name: 'shut', image, steps });
  const posted = await station.json<Job>('POST', '/jobs', { recipe: { name: recipe.name }, count: 1 });
  await until(job(posted.id), ({ state }) => state === 'completed');
  const [run] = await runsOf(posted.id);
  expect(run).toMatchObject({ outcome: 'PASS' });
  expect(run!.steps.at(-1)).toMatchObject({ step: 'protect', state: 'passed' });
  const file = await station.call('GET', `/api/v1/images/${run!.dumpAfterSha256}/file`);
  const bytes = new Uint8Array(await file.arrayBuffer());
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(run!.dumpAfterSha256);
  expect(bytes.slice(0, 9000)).toEqual(firmware(11));
});

test('after kill -9 what ran is ERROR interrupted, what was queued runs, and nothing says PASS unread', async () => {
  await open({ BOARDWALK_VIRTUAL_BOARDS: 'f103cb,f103cb' });
  const image = await upload(firmware(5, 60_000));
  const first = await station.json<Job>('POST', '/jobs', { image, units: [{ slot: '1' }, { slot: '1' }] });
  await until(
    () => station.json<{ data: Slot[] }>('GET', '/slots'),
    ({ data: slots }) => slots.some(({ run }) => run?.step === 'program' && run.outcome === null),
  );
  await station.end('SIGKILL');
  await station.start();
  const done = await until(job(first.id), ({ state }) => state === 'completed');
  expect(done.counts).toMatchObject({ requested: 2, passed: 1, error: 1 });
  const outcomes = (await runsOf(first.id)).map(({ outcome, reason, verify }) => [
    outcome,
    reason,
    verify === null,
  ]);
  expect(outcomes.sort()).toEqual([
    ['ERROR', 'interrupted', true],
    ['PASS', null, false],
  ]);
});

test('Ctrl-C ends the station cleanly', async () => {
  await open({ BOARDWALK_VIRTUAL_BOARDS: 'f103cb' });
  expect(await station.end('SIGINT')).toBe(0);
});

test('Ctrl-C with boards at work and boards being changed ends the station without an error in its log', async () => {
  await open({
    BOARDWALK_VIRTUAL_BOARDS: Array.from({ length: 8 }, () => 'f103c8').join(','),
    BOARDWALK_DEMO: '1',
    BOARDWALK_LOG: 'info',
  });
  const slots = async () => (await station.json<{ data: Slot[] }>('GET', '/slots')).data;
  await until(slots, (all) =>
    ['empty', 'running'].every((state) => all.some((slot) => slot.state === state)),
  );
  expect(await station.end('SIGINT')).toBe(0);
  // pino: 40 is a warning, 50 an error.
  expect(station.printed).not.toMatch(/"level":[456]0|^\s+at /m);
});

test('a station that runs released recipes alone opens without the demo work order, and says so', async () => {
  await open({ BOARDWALK_RELEASE: 'two', BOARDWALK_DEMO: '1', BOARDWALK_LOG: 'warn' });
  expect((await station.json<{ data: Job[] }>('GET', '/jobs')).data).toEqual([]);
  expect(station.printed).toContain('No demo work order: This station runs released recipes only');
});

test('a second station on the same data is refused in one line, naming the first', async () => {
  await open({ BOARDWALK_VIRTUAL_BOARDS: 'f103cb' });
  const second = new StationProcess(data);
  await expect(second.start()).rejects.toThrow(/ended with 2: .*held by the station/s);
  expect(second.printed).not.toMatch(/ at .*\.js:/);
});

test('bad input gets a problem that names the field, and nothing is stored', async () => {
  await open({ BOARDWALK_VIRTUAL_BOARDS: 'f103cb' });
  const image = await upload(firmware(9));
  const cases: [string, string, unknown, number, string | null][] = [
    ['POST', '/api/v1/jobs', '{"image":', 400, null],
    ['POST', '/api/v1/jobs', { image, count: 0 }, 400, '/count'],
    ['POST', '/api/v1/jobs', { image, count: 1, colour: 'red' }, 400, '/colour'],
    ['POST', '/api/v1/jobs', { recipe: { name: 'nobody' }, count: 1 }, 400, '/recipe'],
    ['POST', '/api/v1/jobs', { image: 'f'.repeat(64), count: 1 }, 400, '/image'],
    ['POST', '/api/v1/jobs', { count: 1 }, 400, '/recipe'],
    ['POST', '/api/v1/recipes', { name: 'x', image, steps: ['erase'] }, 400, '/steps'],
    ['POST', '/api/v1/images?name=a.hex', ':10000000AABB', 400, null],
    ['POST', '/api/v1/images?name=a.bin', '', 400, null],
    ['GET', '/api/v1/runs?cursor=nonsense', undefined, 400, '/cursor'],
    ['GET', '/api/v1/jobs?staet=held', undefined, 400, '/staet'],
    ['GET', '/api/v1/jobs/nobody', undefined, 404, null],
    ['GET', '/api/v1/nowhere', undefined, 404, null],
  ];
  for (const [method, path, body, status, pointer] of cases) {
    const type = path.includes('/images') ? 'application/octet-stream' : 'application/json';
    const answer = await station.call(method, path, body, body === undefined ? {} : { 'content-type': type });
    const problem = (await answer.json()) as Problem;
    expect([method, path, answer.status, problem.status]).toEqual([method, path, status, status]);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    if (pointer !== null) expect(problem.errors?.map((each) => each.pointer)).toContain(pointer);
  }
  expect(station.rows('select * from "Job"')).toEqual([]);
  expect(station.rows('select * from "Image"')).toHaveLength(1);
});

test('a key that comes again gets the first answer, with another body a refusal, and the job is there once', async () => {
  await open({ BOARDWALK_VIRTUAL_BOARDS: 'f103cb+empty' });
  const image = await upload(firmware(4));
  const post = (key: string, body: unknown) =>
    station.call('POST', '/api/v1/jobs', body, { 'idempotency-key': key });
  const answers = [];
  // Quoted as the draft has it, bare as others send it; members in another order are the same request.
  for (const [key, body] of [
    ['"k1"', { image, count: 2 }],
    ['k1', { count: 2, image }],
    ['  "k1" ', { image, count: 2 }],
  ] as const)
    answers.push(await post(key, body));
  const jobs = await Promise.all(answers.map(async (answer) => (await answer.json()) as Job));
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
  expect(jobs[1]).toEqual(jobs[0]);
  expect(jobs[2]).toEqual(jobs[0]);
  expect(answers.map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true', 'true']);
  expect(answers.map(({ headers }) => headers.get('location'))).toEqual(jobs.map(({ links }) => links.self));
  const reused = await post('k1', { image, count: 3 });
  expect([reused.status, ((await reused.json()) as Problem).code]).toEqual([422, 'idempotency-key-reused']);
  for (const bad of ['""', 'two words', '"open', 'x'.repeat(256)])
    expect((await post(bad, { image, count: 1 })).status).toBe(400);
  expect(station.rows('select * from "Job"')).toHaveLength(1);
});

test('an upload larger than the station takes is refused, by its length and by its bytes', async () => {
  await open({ BOARDWALK_VIRTUAL_BOARDS: 'f103cb' });
  const answer = await station.call('POST', '/api/v1/images?name=big.bin', new Uint8Array(17 * 1024 * 1024));
  expect(answer.status).toBe(413);
  expect(station.rows('select * from "Image"')).toEqual([]);
});

test('the log of every request, for whoever looks for a fault, holds no token', async () => {
  await open({ BOARDWALK_VIRTUAL_BOARDS: 'f103cb', BOARDWALK_LOG: 'debug' });
  await station.json('GET', '/slots');
  await station.end('SIGINT');
  expect(station.printed).toContain('/api/v1/slots');
  // Once, in the link that is for the person who started it.
  expect(station.printed.split(station.token)).toHaveLength(2);
});

test('nobody gets in without the token, but health is open', async () => {
  await open({ BOARDWALK_VIRTUAL_BOARDS: 'f103cb' });
  expect((await fetch(`${station.url}/api/v1/slots`)).status).toBe(401);
  expect((await fetch(`${station.url}/healthz`)).status).toBe(200);
  expect((await fetch(`${station.url}/readyz`)).status).toBe(200);
});

test('an image outside the flash of every chip is refused at the upload, with where it is', async () => {
  await open({ BOARDWALK_VIRTUAL_BOARDS: 'f103cb' });
  const answer = await station.call(
    'POST',
    '/api/v1/images?name=far.bin&at=0x08100000&raw=true',
    firmware(2, 100),
  );
  expect(answer.status).toBe(400);
  expect(((await answer.json()) as Problem).detail).toMatch(/0x08100000/);
});
