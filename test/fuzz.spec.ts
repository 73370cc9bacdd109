import { jest } from '@jest/globals';
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StationProcess } from './running-station.ts';
import { HOSTILE, valuesOf, type JsonSchema, type Schemas } from './schema-values.ts';

jest.setTimeout(900_000);

const REQUESTS = Number(process.env['BOARDWALK_FUZZ'] ?? 20_000);
const AT_ONCE = 16;
const SEED = 1203;
/** An answer that takes longer is a hang. */
const HANG_MS = 30_000;

interface Operation {
  readonly parameters?: readonly { name: string; in: 'path' | 'query' | 'header'; schema: JsonSchema }[];
  readonly requestBody?: { content: Record<string, { schema: JsonSchema }> };
}
interface Document {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { schemas: Schemas };
}
interface Drawn {
  readonly method: string;
  readonly path: string;
  readonly operation: string;
  readonly query: Record<string, unknown>;
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array | undefined;
}

const data = mkdtempSync(join(tmpdir(), 'boardwalk-fuzz-'));
const station = new StationProcess(data, {
  BOARDWALK_VIRTUAL_BOARDS: 'f103c8,f103c8+empty',
  BOARDWALK_QUEUE_LIMIT: '300',
});
afterAll(async () => {
  await station.end('SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

/** Names of things that are there, so that requests come further than the first 404. */
const KNOWN: Record<string, string[]> = {};

function requestsOf(document: Document): fc.Arbitrary<Drawn> {
  const { schemas } = document.components;
  const all = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) =>
      drawnFor(method.toUpperCase(), path, operation, schemas),
    ),
  );
  return fc.oneof(...all);
}

function drawnFor(method: string, path: string, operation: Operation, schemas: Schemas): fc.Arbitrary<Drawn> {
  const { parameters = [], requestBody } = operation;
  const given = (where: string) =>
    fc.record(
      Object.fromEntries(
        parameters
          .filter((parameter) => parameter.in === where)
          .map(({ name, schema }) => {
            const known = fc.constantFrom(...(KNOWN[path] ?? ['1', 'app']));
            return [
              name,
              where === 'path'
                ? fc.oneof(
                    { weight: 3, arbitrary: known },
                    { weight: 1, arbitrary: valuesOf(schema, schemas) },
                  )
                : valuesOf(schema, schemas),
            ];
          }),
      ),
      where === 'path' ? {} : { requiredKeys: [] },
    );
  return fc
    .record({
      inPath: given('path'),
      query: given('query'),
      inHeader: given('header'),
      body: bodyOf(requestBody, schemas),
    })
    .map(({ inPath, query, inHeader, body }) => ({
      method,
      path: path.replace(/\{(\w+)\}/g, (_, name: string) => encoded(inPath[name])),
      operation: `${method} ${path}`,
      query,
      headers: Object.fromEntries(Object.entries(inHeader).map(([name, value]) => [name, latin(value)])),
      body,
    }));
}

function bodyOf(
  body: Operation['requestBody'],
  schemas: Schemas,
): fc.Arbitrary<string | Uint8Array | undefined> {
  if (!body) return fc.constant(undefined);
  const json = body.content['application/json'];
  if (!json) return fc.uint8Array({ maxLength: 300 });
  return fc.oneof(
    { weight: 30, arbitrary: valuesOf(json.schema, schemas).map((value) => JSON.stringify(value) ?? 'null') },
    { weight: 1, arbitrary: fc.string() },
    { weight: 1, arbitrary: fc.constantFrom('', '{', '[1,', 'NaN', '"', '['.repeat(20_000)) },
  );
}

function encoded(value: unknown): string {
  const text = textOf(value);
  return text === '' || text === '.' || text === '..' ? '_' : encodeURIComponent(text);
}
function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  // With the u flag a class of surrogates matches halves alone.
  return text.replace(/[\ud800-\udfff]/gu, '?');
}
const latin = (value: unknown): string =>
  textOf(value)
    .replace(/[^\x20-\x7e]/g, '?')
    .trim();

/** How often which operation answered with which status: that the drawn requests come far enough. */
const answered = new Map<string, number>();

async function send({ method, path, operation, query, headers, body }: Drawn): Promise<string | null> {
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, textOf(value)]));
  const raw = body instanceof Uint8Array;
  const answer = await fetch(`${station.url}${path}?${search}`, {
    method,
    signal: AbortSignal.timeout(HANG_MS),
    headers: {
      authorization: `Bearer ${station.token}`,
      ...(body === undefined
        ? {}
        : { 'content-type': raw ? 'application/octet-stream' : 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: raw ? Buffer.from(body) : body }),
  });
  const text = await answer.text();
  const outcome = `${operation} ${Math.floor(answer.status / 100)}xx`;
  answered.set(outcome, (answered.get(outcome) ?? 0) + 1);
  if (answer.status >= 500) return `${answer.status} ${text}`;
  const type = answer.headers.get('content-type') ?? '';
  if (answer.status >= 400 && !type.startsWith('application/problem+json'))
    return `${answer.status} as ${type}`;
  if (type.includes('json')) JSON.parse(text);
  return null;
}

test('whatever a client sends from the schemas and beside them: no 500, no hang, nothing half stored', async () => {
  await station.start();
  const jobs: string[] = [];
  const orders: string[] = [];
  const document = (await (await station.call('GET', '/api/openapi.json')).json()) as Document;
  // The start token ends with the first admin account, which the draws may make: so they come from an account.
  await station.json('POST', '/accounts', { name: 'drawer', role: 'admin' });
  ({ token: station.token } = await station.json<{ token: string }>('POST', '/accounts/drawer/tokens', {}));
  await station.json('POST', '/accounts', { name: 'other', role: 'operator' });
  const { id: image } = await station.json<{ id: string }>(
    'POST',
    '/images?name=a.bin&raw=true',
    new Uint8Array(600).fill(3),
  );
  for (const name of ['app', 'blinky', 'signed']) await station.json('POST', '/recipes', { name, image });
  await station.json('POST', '/work-orders', { id: 'app', recipe: { name: 'app' }, quantity: 1000 });
  for (const name of ['app', 'blinky-serials'])
    await station.json('POST', '/serial-ranges', { name, source: 'counter', format: { width: 4 } });
  for (let n = 0; n < 20; n += 1) {
    const order = { id: `order ${n}`, recipe: { name: 'app' }, quantity: 1000 };
    jobs.push(
      (await station.json<{ id: string }>('POST', '/jobs', { image, count: 2, hold: n % 2 === 0 })).id,
    );
    orders.push((await station.json<{ id: string }>('POST', '/work-orders', order)).id);
  }
  for (const path of Object.keys(document.paths)) {
    if (path.startsWith('/api/v1/jobs/')) KNOWN[path] = jobs;
    if (path.startsWith('/api/v1/accounts/')) KNOWN[path] = ['other'];
    if (path.startsWith('/api/v1/work-orders/')) KNOWN[path] = orders;
    // What the other requests need is not retired under them.
    if (/\/(release|retire)$/.test(path) && path.includes('/recipes/')) KNOWN[path] = ['signed', '1'];
  }
  // References lead somewhere: the image, the recipe and the order of the examples are there.
  const text = JSON.stringify(document)
    .replaceAll('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', image)
    .replaceAll('"workOrder":"WO-1000"', '"workOrder":"app"')
    .replaceAll('"revision":7', '"revision":1');
  const drawn = fc.sample(requestsOf(JSON.parse(text) as Document), { seed: SEED, numRuns: REQUESTS });
  expect(HOSTILE.length).toBeGreaterThan(20);

  const wrong: unknown[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < drawn.length) {
        const request = drawn[next++]!;
        const trouble = await send(request).catch((cause: unknown) => String(cause));
        if (trouble !== null) wrong.push([trouble, request]);
      }
    }),
  );
  expect(wrong.slice(0, 3)).toEqual([]);
  const odd = (sql: string) => [sql, station.rows(sql)];
  for (const sql of [
    'select id from "Job" where id not in (select jobId from "JobUnit")',
    'select id from "JobUnit" where jobId not in (select id from "Job")',
    `select id from "Job" where id not in (select json_extract(data, '$.id') from "Event" where type = 'job.created')`,
    `select e.id from "Event" e where type = 'job.created' and json_extract(e.data, '$.counts.requested') <> (select count(*) from "JobUnit" where jobId = json_extract(e.data, '$.id'))`,
    `select key from "IdempotencyKey" where json_extract(response, '$.id') not in (select id from "Job")`,
    'select j.id from "Job" j left join "Recipe" r on r.name = j.recipeName and r.revision = j.recipeRevision where r.name is null',
    'select name from "Recipe" where image not in (select id from "Image")',
    `select name from "SerialRange" r where source = 'list' and last <> (select count(*) from "Serial" s where s."range" = r.name)`,
  ])
    expect(odd(sql)).toEqual([sql, []]);
  expect((await fetch(`${station.url}/readyz`)).status).toBe(200);
  // The draws come through the door, not to its sill alone.
  for (const door of ['jobs', 'recipes', 'work-orders', 'serial-ranges', 'images', 'scans'])
    for (const answer of ['2xx', '4xx'])
      expect([door, answer, answered.get(`POST /api/v1/${door} ${answer}`) ?? 0]).not.toContain(0);
});
