import type { Image, ImageSummary, Job, Problem, Recipe } from '@boardwalk/contracts';
import { jest } from '@jest/globals';
import { createHash } from 'node:crypto';
import { OpenedStation } from '../testing/opened-station.ts';

jest.setTimeout(60_000);

const BASE = 0x08000000;

/** Bytes of its own for each test: they share a station. */
let CODE: Uint8Array;
let tests = 0;
let station: OpenedStation;
beforeAll(async () => {
  station = await new OpenedStation().open();
});
beforeEach(() => {
  tests += 1;
  CODE = Uint8Array.from({ length: 300 }, (_, i) => (i * 41 + tests) & 0xff);
});
afterAll(() => station.remove());

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const upload = (query: string, bytes: Uint8Array) => station.json<Image>('POST', `/images${query}`, bytes);
const send = async (method: string, path: string, body?: unknown) => {
  const answer = await station.call(method, `/api/v1${path}`, body);
  return { status: answer.status, problem: (await answer.json()) as Problem };
};

/** The id of an image, as the document defines it. */
function idOf(...segments: [address: number, data: Uint8Array][]): string {
  const parts = segments.flatMap(([address, data]) => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(address, 0);
    head.writeUInt32BE(data.length, 4);
    return [head, Buffer.from(data)];
  });
  return sha256(Buffer.concat(parts));
}

/** Intel HEX of bytes at an address in the first 64 KiB of flash. */
function hexOf(bytes: Uint8Array, at: number, end = '\n'): Uint8Array {
  const record = (data: number[]): string => {
    const sum = data.reduce((total, byte) => total + byte, 0);
    return `:${Buffer.from([...data, -sum & 0xff]).toString('hex')}${end}`;
  };
  const lines = [record([2, 0, 0, 4, at >>> 24, (at >>> 16) & 0xff])];
  for (let from = 0; from < bytes.length; from += 16) {
    const data = [...bytes.subarray(from, from + 16)];
    const offset = (at & 0xffff) + from;
    lines.push(record([data.length, offset >>> 8, offset & 0xff, 0, ...data]));
  }
  return new Uint8Array(Buffer.from([...lines, record([0, 0, 0, 1])].join('')));
}

test('an image is what it puts into flash: other files with the same bytes are files of the same image', async () => {
  const raw = await upload('?name=app.bin&raw=true', CODE);
  expect(raw).toMatchObject({
    ...{ id: idOf([BASE, CODE]), fileSha256: sha256(CODE), name: 'app.bin', format: 'bin', at: '0x08000000' },
    ...{ raw: true, bytes: 300, fileBytes: 300, segments: [{ address: '0x08000000', bytes: 300 }] },
  });
  const hex = hexOf(CODE, BASE);
  const again = await station.call('POST', '/api/v1/images', hex);
  expect(again.status).toBe(200);
  const image = (await again.json()) as Image;
  expect(image).toMatchObject({
    id: raw.id,
    fileSha256: sha256(hex),
    name: 'firmware.hex',
    at: null,
    raw: false,
  });
  expect(image.files.map(({ fileSha256 }) => fileSha256)).toEqual([sha256(CODE), sha256(hex)]);
  for (const name of [raw.id, sha256(CODE), sha256(hex)])
    expect((await station.json<Image>('GET', `/images/${name}`)).id).toBe(raw.id);
  const file = await station.call('GET', `/api/v1/images/${sha256(hex)}/file`);
  expect(new Uint8Array(await file.arrayBuffer())).toEqual(hex);
  expect(station.rows(`SELECT "image" FROM "ImageFile" WHERE "image" = '${raw.id}'`)).toHaveLength(2);
});

test('the same bytes for another address are another image, and their file names neither', async () => {
  const here = await upload('?raw=true', CODE);
  const there = await upload('?raw=true&at=0x08002000', CODE);
  expect(there).toMatchObject({
    id: idOf([BASE + 0x2000, CODE]),
    at: '0x08002000',
    fileSha256: here.fileSha256,
  });
  const refusals = [
    await send('GET', `/images/${here.fileSha256}`),
    await send('POST', '/jobs', { image: here.fileSha256, count: 1 }),
    await send('POST', '/recipes', { name: 'app', image: here.fileSha256 }),
    await send('GET', `/runs?image=${here.fileSha256}`),
    await send('GET', `/boards?image=${here.fileSha256}`),
  ];
  for (const { status, problem } of refusals) {
    expect([status, problem.code]).toEqual([409, 'ambiguous']);
    expect(problem.errors!.map(({ detail }) => detail.slice(0, 64)).sort()).toEqual(
      [here.id, there.id].sort(),
    );
  }
  const job = await station.json<Job>('POST', '/jobs', { image: there.id, count: 1 });
  expect(job).toMatchObject({ image: there.id, imageFileSha256: there.fileSha256 });
});

test('a job and a recipe may name the file that an MES knows', async () => {
  const { id } = await upload('?raw=true', CODE);
  const hex = await upload('?name=app.hex', hexOf(CODE, BASE));
  const job = await station.json<Job>('POST', '/jobs', { image: hex.fileSha256, count: 1 });
  expect(job).toMatchObject({ image: id, imageFileSha256: hex.fileSha256 });
  const recipe = await station.json<Recipe>('POST', '/recipes', { name: 'app', image: hex.fileSha256 });
  expect(recipe).toMatchObject({ image: id, imageFileSha256: hex.fileSha256 });
  const order = { id: 'WO-1', recipe: { name: 'app' }, quantity: 5 };
  await station.json('POST', '/work-orders', order);
  const named = { workOrder: 'WO-1', image: sha256(CODE), count: 1 };
  expect(await station.json<Job>('POST', '/jobs', named)).toMatchObject({ imageFileSha256: sha256(CODE) });
});

test('what is said about a file and has no effect is refused at its field, and nothing is stored', async () => {
  const hex = hexOf(CODE, BASE);
  const before = station.rows('SELECT "id" FROM "Image"');
  const cases: [string, Uint8Array, string, string | undefined][] = [
    ['?at=0x08004000', hex, 'image.argument', '/at'],
    ['?format=elf', hex, 'image.argument', '/format'],
    ['?format=hex&raw=true', hex, 'image.argument', '/format'],
    ['?raw=true&moveTo=0x08004000', CODE, 'image.argument', '/moveTo'],
    ['?name=app.bin', CODE, 'image.vectors', undefined],
    ['?raw=true&at=0x20000000', CODE, 'image.address', undefined],
  ];
  for (const [query, bytes, code, pointer] of cases) {
    const { status, problem } = await send('POST', `/images${query}`, bytes);
    expect([query, status, problem.code, problem.errors?.[0]?.pointer]).toEqual([query, 400, code, pointer]);
  }
  expect(station.rows('SELECT "id" FROM "Image"')).toEqual(before);
  const moved = await upload('?moveTo=0x08004000', hex);
  expect(moved).toMatchObject({ id: idOf([BASE + 0x4000, CODE]), at: '0x08004000', raw: false });
});

test('what a form says about its file counts as in the query, once', async () => {
  const send = async (query: string, fields: Record<string, string>) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob([CODE]), 'app.bin');
    const headers = { authorization: `Bearer ${station.token}` };
    const answer = await fetch(`${station.url}/api/v1/images${query}`, {
      method: 'POST',
      body: form,
      headers,
    });
    return { status: answer.status, body: (await answer.json()) as Image & Problem };
  };
  const taken = await send('', { raw: 'true', at: '0x08001000' });
  expect([taken.status, taken.body.name, taken.body.at]).toEqual([201, 'app.bin', '0x08001000']);
  const cases: [string, Record<string, string>, string][] = [
    ['?raw=true', { raw: 'true' }, '/raw'],
    ['?raw=true', { where: '0x08001000' }, '/where'],
    ['?raw=true', { at: 'here' }, '/at'],
  ];
  for (const [query, fields, pointer] of cases) {
    const { status, body } = await send(query, fields);
    expect([status, body.errors?.[0]?.pointer]).toEqual([400, pointer]);
  }
});

test('the record keeps that bytes were taken as they are, also when a person says so only later', async () => {
  const bytes = new Uint8Array(64).fill(0xbf);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x20005000, true);
  view.setUint32(4, BASE + 0x21, true);
  const first = await upload('?name=a.bin', bytes);
  expect(first).toMatchObject({ raw: false });
  expect(await upload('?name=a.bin&raw=true', bytes)).toMatchObject({ raw: true });
  const rows = station.rows<{ type: string; raw: number }>(
    `SELECT "type" AS type, json_extract("data", '$.raw') AS raw FROM "Event" WHERE "subject" = 'image/${first.id}'`,
  );
  expect(rows).toEqual([
    { type: 'image.added', raw: 0 },
    { type: 'image.changed', raw: 1 },
  ]);
});

test('the list goes on by a cursor and shows no segments', async () => {
  for (let n = 0; n < 3; n += 1) await upload(`?name=a${n}.bin&raw=true&at=0x0800${n}000`, CODE);
  const seen: string[] = [];
  for (let cursor = ''; seen.length < 3;) {
    const path = `/images?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`;
    const page = await station.json<{ data: ImageSummary[]; nextCursor: string | null }>('GET', path);
    for (const image of page.data) expect(image).not.toHaveProperty('segments');
    seen.push(...page.data.map(({ name }) => name));
    cursor = page.nextCursor!;
  }
  expect(seen.slice(0, 3)).toEqual(['a2.bin', 'a1.bin', 'a0.bin']);
});

test('what belongs into no chip that the recipe allows is refused when the recipe is made', async () => {
  const { id: image } = await upload('', hexOf(CODE, BASE + 0x10000));
  const c6 = { deviceId: '0x412', flashSizeKib: 32 };
  const x8 = { deviceId: '0x410', flashSizeKib: 64 };
  const expected = (expect: object) => [
    'connect',
    { step: 'identify', expect },
    'program',
    'reset',
    'verify',
  ];
  const small = await upload('?raw=true', CODE);
  const cases: [object, string][] = [
    [{ image, part: c6 }, '/image'],
    [{ image, steps: expected({ deviceId: ['0x412'] }) }, '/image'],
    [{ image, part: x8 }, '/image'],
    [{ image: small.id, part: x8, patches: [patch('0x0800fffe', 4)] }, '/patches/0/address'],
    [
      { image: small.id, part: x8, steps: ['connect', fill('0x08010000', 4), 'reset', 'verify'] },
      '/steps/1/fill',
    ],
    [{ image: small.id, patches: [patch('0x20000000', 4)] }, '/patches/0/address'],
  ];
  for (const [index, [body, pointer]] of cases.entries()) {
    const { status, problem } = await send('POST', '/recipes', { name: `no-${index}`, ...body });
    expect([index, status, problem.errors?.[0]?.pointer]).toEqual([index, 400, pointer]);
  }
  const xb = { deviceId: '0x410', flashSizeKib: 128 };
  await station.json('POST', '/recipes', { name: 'yes', image, part: xb });
  await station.json('POST', '/recipes', { name: 'beyond', image, part: x8, allowBeyondStated: true });
});

const patch = (address: string, bytes: number) => ({ address, bytes, encoding: 'ascii', from: 'scan' });
const fill = (from: string, bytes: number) => ({ step: 'program', fill: { from, bytes } });

test('a raw image whose stack needs more RAM than the part of the recipe has is refused', async () => {
  const bytes = new Uint8Array(64).fill(0xbf);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x2000c000, true);
  view.setUint32(4, BASE + 0x21, true);
  const { id: image } = await upload('?name=for-the-xe.bin', bytes);
  const part = { deviceId: '0x410' };
  const { status, problem } = await send('POST', '/recipes', { name: 'wrong', image, part });
  expect([status, problem.errors?.[0]?.pointer]).toEqual([400, '/image']);
  expect(problem.detail).toMatch(/0x2000c000, is no stack pointer into 20 KiB of RAM/);
  await station.json('POST', '/recipes', { name: 'right', image, part: { deviceId: '0x414' } });
});

test('a key that a body has twice is refused at its place', async () => {
  const { id: image } = await upload('?raw=true', CODE);
  const answer = await fetch(`${station.url}/api/v1/jobs`, {
    method: 'POST',
    headers: { authorization: `Bearer ${station.token}`, 'content-type': 'application/json' },
    body: `{"image": "${image}", "units": [{"slot": "1", "serial": "A", "serial": "B"}]}`,
  });
  const problem = (await answer.json()) as Problem;
  expect([answer.status, problem.errors?.[0]?.pointer]).toEqual([400, '/units/0/serial']);
  expect(station.rows(`SELECT "id" FROM "Job" WHERE "image" = '${image}'`)).toEqual([]);
});
