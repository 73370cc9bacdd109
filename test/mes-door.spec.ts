import { jest } from '@jest/globals';
import type { Job, Problem, Recipe, Run, ScanResult } from '@boardwalk/contracts';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StationProcess, until } from './running-station.ts';

jest.setTimeout(60_000);

const FLASH_BYTES = 64 * 1024;
const SERIAL_AT = 0xfc00;
const IMAGE = Uint8Array.from({ length: 3000 }, (_, i) => (i * 37 + (i >> 4)) & 0xff);

const data = mkdtempSync(join(tmpdir(), 'boardwalk-door-'));
const station = new StationProcess(data, { BOARDWALK_VIRTUAL_BOARDS: 'f103c8,f103c8+empty' });
let image: string;

beforeAll(async () => {
  await station.start();
  image = (await station.json<{ id: string }>('POST', '/images?name=app.bin&raw=true', IMAGE)).id;
});
afterAll(async () => {
  await station.end('SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

const ended = (id: string) =>
  until(
    () => station.json<Job>('GET', `/jobs/${id}`),
    ({ state }) => state === 'completed',
  );

test('a serial lies in flash at its address, in the same pass and under the same verify as the image', async () => {
  await station.json('POST', '/serial-ranges', {
    name: 'sn',
    source: 'counter',
    format: { prefix: 'BW', width: 6, check: 'luhn' },
    first: 123,
  });
  const patches = [
    {
      address: `0x0800${SERIAL_AT.toString(16)}`,
      encoding: 'ascii',
      bytes: 12,
      pad: 32,
      from: 'range',
      range: 'sn',
    },
    // Within the image: laid over it.
    { address: '0x08000010', encoding: 'uint-le', bytes: 4, from: 'unit', field: 'build' },
  ];
  await station.json<Recipe>('POST', '/recipes', { name: 'with-serial', image, patches });
  const units = [{ slot: '1', data: { build: '0xdeadbeef' } }];
  const job = await station.json<Job>('POST', '/jobs', { recipe: { name: 'with-serial' }, units });
  expect((await ended(job.id)).counts).toMatchObject({ passed: 1 });
  const { data: runs } = await station.json<{ data: Run[] }>('GET', `/jobs/${job.id}/runs`);
  expect(runs[0]).toMatchObject({ serial: 'BW0001230', imageSha256: image });
  const flash = Buffer.alloc(FLASH_BYTES, 0xff);
  flash.set(IMAGE);
  flash.writeUInt32LE(0xdeadbeef, 0x10);
  flash.write('BW0001230   ', SERIAL_AT, 'latin1');
  expect(runs[0]!.dumpAfterSha256).toBe(createHash('sha256').update(flash).digest('hex'));
  expect(runs[0]!.steps.filter(({ step }) => step === 'program')).toHaveLength(1);
  expect(station.rows(`select serial from board_log where job_id = '${job.id}'`)).toEqual([
    { serial: 'BW0001230' },
  ]);
});

test('limits are data: another flash size, device or voltage than expected fails the board untouched', async () => {
  const expectations = [
    { flashSizeKib: 128 },
    { deviceId: ['0x414'] },
    { targetVoltage: { min: 4, max: 5 } },
  ];
  const reasons = [];
  for (const [index, expect] of expectations.entries()) {
    const steps = ['connect', { step: 'identify', expect }, 'erase', 'program', 'reset', 'verify'];
    await station.json('POST', '/recipes', { name: `limit-${index}`, image, steps });
    const recipe = { name: `limit-${index}` };
    const job = await station.json<Job>('POST', '/jobs', { recipe, units: [{ slot: '1' }] });
    await ended(job.id);
    const { data: runs } = await station.json<{ data: Run[] }>('GET', `/jobs/${job.id}/runs`);
    reasons.push([runs[0]!.outcome, runs[0]!.reason, runs[0]!.steps.at(-1)?.step]);
  }
  expect(reasons).toEqual([
    ['FAIL', 'wrong-part', 'identify'],
    ['FAIL', 'wrong-part', 'identify'],
    ['FAIL', 'voltage-out-of-limits', 'identify'],
  ]);
});

test('a list is walked by Link to its end: everything once, newest first; filters narrow it', async () => {
  for (let n = 0; n < 7; n += 1)
    await station.json('POST', '/jobs', { image, count: 1, hold: true, clientRef: n % 2 ? 'odd' : 'even' });
  const seen: Job[] = [];
  let path = '/api/v1/jobs?state=held&limit=3';
  while (path !== '') {
    const answer = await station.call('GET', path);
    const page = (await answer.json()) as { data: Job[]; nextCursor: string | null };
    seen.push(...page.data);
    const link = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1];
    expect(link === undefined).toBe(page.nextCursor === null);
    path = link ?? '';
  }
  expect(seen).toHaveLength(7);
  expect(seen.map(({ id }) => id)).toEqual([...new Set(seen.map(({ id }) => id))].sort().reverse());
  const odd = await station.json<{ data: Job[] }>('GET', '/jobs?clientRef=odd');
  expect(odd.data).toHaveLength(3);
  const after = encodeURIComponent(seen[2]!.createdAt);
  expect((await station.json<{ data: Job[] }>('GET', `/jobs?state=held&from=${after}`)).data).toHaveLength(3);
});

test('a list is a table for whoever accepts text/csv, and no cell runs as a formula', async () => {
  await station.json('POST', '/jobs', { image, count: 1, hold: true, clientRef: '=cmd|"x"!A1, "q"' });
  const answer = await station.call('GET', '/api/v1/jobs?limit=1', undefined, { accept: 'text/csv' });
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  const [head, row, end] = (await answer.text()).split('\r\n');
  expect(head).toMatch(/^id,state,recipe\.name,recipe\.revision,image,workOrder,priority,.*counts\.passed/);
  expect(row).toContain(`,"'=cmd|""x""!A1, ""q""",`);
  expect(end).toBe('');
  for (const list of ['runs', 'boards', 'recipes', 'work-orders', 'serial-ranges', 'images', 'slots']) {
    const table = await station.call('GET', `/api/v1/${list}`, undefined, { accept: 'text/csv' });
    expect([list, table.status, table.headers.get('content-type')]).toEqual([
      list,
      200,
      'text/csv; charset=utf-8',
    ]);
    expect((await table.text()).split('\r\n')[0]).toMatch(/^(id|name),/);
  }
});

test('a recipe is fetched once: its ETag answers 304, and a change to what another changed answers 412', async () => {
  const created = await station.call('POST', '/api/v1/recipes', { name: 'tagged', image });
  const etag = created.headers.get('etag')!;
  expect(etag).toMatch(/^"[\w-]{22}"$/);
  const get = (tag: string) =>
    station.call('GET', '/api/v1/recipes/tagged/revisions/1', undefined, { 'if-none-match': tag });
  expect((await get(etag)).status).toBe(304);
  await station.json('POST', '/accounts', { name: 'weber', role: 'quality' });
  const { token } = await station.json<{ token: string }>('POST', '/accounts/weber/tokens', {});
  const release = (tag: string) =>
    station.call(
      'POST',
      '/api/v1/recipes/tagged/revisions/1/release',
      { by: 'weber' },
      { 'if-match': tag, authorization: `Bearer ${token}` },
    );
  expect((await release(etag)).status).toBe(200);
  expect((await get(etag)).status).toBe(200);
  const revise = await station.call(
    'POST',
    '/api/v1/recipes/tagged/revisions',
    { image },
    { 'if-match': etag },
  );
  expect([revise.status, ((await revise.json()) as Problem).code]).toEqual([412, 'changed-meanwhile']);
  const { data: revisions } = await station.json<{ data: Recipe[] }>('GET', '/recipes?name=tagged');
  expect(revisions.map(({ revision, state }) => [revision, state])).toEqual([[1, 'released']]);
});

test('every wrong field is named by its pointer, to the last one', async () => {
  const answer = await station.call('POST', '/api/v1/jobs', {
    image: 'no',
    units: [{ serial: 'ok' }, { slot: 'has space' }, { serial: 'x'.repeat(65), data: { a: 1 } }],
    priority: 101,
    notBefore: 'tomorrow',
    clientRef: 'nul\u0000',
  });
  expect(answer.status).toBe(400);
  const { errors } = (await answer.json()) as Problem;
  expect(errors?.map(({ pointer }) => pointer).sort()).toEqual([
    '/clientRef',
    '/image',
    '/notBefore',
    '/priority',
    '/units/1/slot',
    '/units/2/data/a',
    '/units/2/serial',
  ]);
});

test('a scanned order and then a scanned board start its run, in the slot scanned before it', async () => {
  const scan = (code: string) => station.json<ScanResult>('POST', '/scans', { code });
  expect(await scan('LBL-1')).toMatchObject({ meaning: 'unknown', jobId: null });
  await station.json('POST', '/recipes', { name: 'app', image });
  await station.json('POST', '/work-orders', { id: 'WO-7', recipe: { name: 'app' }, quantity: 5 });
  expect(await scan('WO-7')).toMatchObject({ meaning: 'work-order', jobId: null });
  // The board in there has run: another is put in.
  await station.json('POST', '/virtual/slots/1/remove');
  await station.json('POST', '/virtual/slots/1/insert', { board: 'f103c8' });
  expect(await scan('%BW-SLOT-1')).toMatchObject({ meaning: 'slot', slot: '1' });
  const started = await scan('LBL-1');
  expect(started).toMatchObject({ meaning: 'serial', slot: '1', message: 'Board LBL-1 starts in slot 1.' });
  expect(await ended(started.jobId!)).toMatchObject({ workOrder: 'WO-7', counts: { passed: 1 } });
  const { data: runs } = await station.json<{ data: Run[] }>('GET', '/runs?serial=LBL-1');
  expect(runs).toMatchObject([{ slot: '1', workOrder: 'WO-7', outcome: 'PASS' }]);
  // A code that two things claim chooses neither.
  await station.json('POST', '/recipes', { name: 'WO-7', image });
  expect(await scan('WO-7')).toMatchObject({ meaning: 'unknown', jobId: null });
});
