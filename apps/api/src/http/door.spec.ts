import { jest } from '@jest/globals';
import type { Job, Problem } from '@boardwalk/contracts';
import { accountOn } from '../testing/account-on.ts';
import { OpenedStation } from '../testing/opened-station.ts';

jest.setTimeout(60_000);

const station = new OpenedStation();
let image: string;
beforeAll(async () => {
  await station.open();
  const bytes = new Uint8Array(600).fill(7);
  image = (await station.json<{ id: string }>('POST', '/images?name=a.bin&raw=true', bytes)).id;
});
afterAll(() => station.remove());

/** A job as the bytes that a client sends. */
const post = (body: string | Uint8Array, headers: Record<string, string> = {}, token = station.token) =>
  station.call('POST', '/api/v1/jobs', new Uint8Array(Buffer.from(body)), {
    token,
    headers: { 'content-type': 'application/json', ...headers },
  });
const told = async (answer: Response) => {
  const { code, detail } = (await answer.json()) as Problem;
  return [answer.status, code, detail];
};

test('one request in other words is the same request: quotes, order, number and escapes do not matter', async () => {
  const ways: [string, string][] = [
    ['"k-1"', `{"image":"${image}","count":1,"hold":true}`],
    ['k-1', `{"hold":true,"count":1,"image":"${image}"}`],
    ['k-1', `{"image":"${image}","count":1.0,"hold":true}`],
    ['"k-1"', `\n{ "\\u0069mage" : "${image}", "count": 1e0, "h\\u006fld": true }`],
  ];
  const answers = [];
  for (const [key, body] of ways) answers.push(await post(body, { 'idempotency-key': key }));
  const jobs = (await Promise.all(answers.map((answer) => answer.json()))) as Job[];
  expect(new Set(jobs.map(({ id }) => id)).size).toBe(1);
  expect(answers.map((answer) => answer.headers.get('idempotency-replayed'))).toEqual([
    null,
    ...['true', 'true', 'true'],
  ]);
});

test('each caller has keys of its own: nobody takes, blocks or learns of the key of another', async () => {
  const body = `{"image":"${image}","count":1,"hold":true}`;
  const [one, other] = [
    await accountOn(station.file, 'mes1', 'mes'),
    await accountOn(station.file, 'mes2', 'mes'),
  ];
  const send = (token: string, text = body) => post(text, { 'idempotency-key': 'from-1' }, token);
  // Several at once too: they share a commit.
  const answers = await Promise.all([send(one), send(other)]);
  expect(answers.map(({ status }) => status)).toEqual([201, 201]);
  const [first, second] = (await Promise.all(answers.map((answer) => answer.json()))) as Job[];
  expect(first!.id).not.toBe(second!.id);
  const again = await send(one);
  expect([again.headers.get('idempotency-replayed'), await again.json()]).toEqual(['true', first]);
  expect(await told(await send(other, `{"image":"${image}","count":2,"hold":true}`))).toEqual([
    422,
    'idempotency-key-reused',
    'This Idempotency-Key came with another request before. Send a new key.',
  ]);
});

test('a key has 1 to 255 characters', async () => {
  const body = `{"image":"${image}","count":1,"hold":true}`;
  const statuses = [];
  for (const key of ['', '""', 'x', 'y'.repeat(255), 'z'.repeat(256)])
    statuses.push((await post(body, { 'idempotency-key': key })).status);
  expect(statuses).toEqual([400, 400, 201, 201, 400]);
});

test('a body that is no JSON by its header is 415 and says which header; structured suffixes are JSON', async () => {
  const body = `{"image":"${image}","count":1,"hold":true}`;
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', ''])
    expect(await told(await post(body, { 'content-type': type }))).toEqual([
      415,
      'wrong-type',
      'Send the body as JSON, with the header "Content-Type: application/json".',
    ]);
  expect((await post(body, { 'content-type': 'application/vnd.mes+json' })).status).toBe(201);
  // An action without a body, with and without its type.
  const { id } = (await (await post(body)).json()) as Job;
  for (const headers of [{}, { 'content-type': 'application/json' }] as Record<string, string>[]) {
    const answer = await station.call('POST', `/api/v1/jobs/${id}/release`, undefined, { headers });
    expect([200, 409]).toContain(answer.status);
  }
});

test('bytes that are no UTF-8 are refused: stored as replacement characters two serials would become one', async () => {
  const broken = Buffer.concat([
    Buffer.from(`{"image":"${image}","units":[{"serial":"SN`),
    Buffer.from([0xfc]),
    Buffer.from('"}]}'),
  ]);
  expect(await told(await post(broken))).toEqual([
    400,
    'invalid',
    'The body is not UTF-8, as JSON has to be.',
  ]);
});

test('a method that an address does not take is 405 with those that it takes; what is nowhere is 404', async () => {
  const allowed = async (method: string, path: string) => {
    const answer = await station.call(method, path);
    await answer.arrayBuffer();
    return [answer.status, answer.headers.get('allow')];
  };
  expect(await allowed('PUT', '/api/v1/jobs')).toEqual([405, 'POST, GET, HEAD']);
  expect(await allowed('DELETE', '/api/v1/jobs/x/')).toEqual([405, 'GET, HEAD']);
  expect(await allowed('GET', '/api/v1/jobs/x/cancel')).toEqual([405, 'POST']);
  expect(await allowed('OPTIONS', '/api/v1/jobs')).toEqual([405, 'POST, GET, HEAD']);
  expect(await allowed('GET', '/api/v1/nothing')).toEqual([404, null]);
  // The thing is not there, the address is.
  expect(await allowed('GET', '/api/v1/jobs/none')).toEqual([404, null]);
});

test('an upload that cannot be taken apart is the sender’s mistake', async () => {
  const upload = (type: string, body: string) =>
    station.call('POST', '/api/v1/images', new Uint8Array(Buffer.from(body)), {
      headers: { 'content-type': type },
    });
  expect(await told(await upload('multipart/form-data', 'x'))).toEqual([
    400,
    'invalid',
    'The upload cannot be read: Multipart: Boundary not found.',
  ]);
  const cut = '--b\r\ncontent-disposition: form-data; name="file"; filename="f"\r\n\r\nabc';
  expect((await upload('multipart/form-data; boundary=b', cut)).status).toBe(400);
});

function send(fill: (form: FormData) => void): Promise<Response> {
  const form = new FormData();
  fill(form);
  const headers = { authorization: `Bearer ${station.token}` };
  return fetch(`${station.url}/api/v1/images`, { method: 'POST', body: form, headers });
}

test('a form with two files, or with none in the field "file", is refused by that', async () => {
  const file = new Blob([new Uint8Array(8)]);
  const two = await send((form) => ['a.bin', 'b.bin'].forEach((name) => form.append('file', file, name)));
  const says = 'The form has more than one file. Send one file a request, as the field "file".';
  expect(await told(two)).toEqual([400, 'invalid', says]);
  expect(await told(await send((form) => form.append('firmware', file, 'a.bin')))).toEqual([
    ...[400, 'invalid', 'The form has a file in the field "firmware". Send it as the field "file".'],
  ]);
  expect(await told(await send((form) => form.append('raw', 'true')))).toEqual([
    ...[400, 'invalid', 'The request has no file. Send it as multipart field "file", or as the body.'],
  ]);
});

test('the fields of a form are bounded as its file is', async () => {
  const many = await send((form) => {
    for (let index = 0; index < 50; index += 1) form.append(`field${index}`, 'x');
  });
  const long = await send((form) => form.append('name', 'x'.repeat(100_000)));
  expect([many.status, long.status]).toEqual([413, 413]);
});

test('HEAD heeds If-None-Match as GET does', async () => {
  const created = await station.call('POST', '/api/v1/recipes', { name: 'tagged', image });
  const headers = { 'if-none-match': created.headers.get('etag')! };
  for (const method of ['GET', 'HEAD']) {
    const answer = await station.call(method, '/api/v1/recipes/tagged', undefined, { headers });
    expect([method, answer.status]).toEqual([method, 304]);
  }
});

test('what was made says where it is, and is there', async () => {
  const format = { width: 4 };
  const made: [string, unknown][] = [
    ['/images?name=b.bin&raw=true', new Uint8Array(8).fill(9)],
    ['/recipes', { name: 'placed.one', image }],
    ['/recipes/placed.one/revisions', { image }],
    ['/work-orders', { id: 'WO-9 a', recipe: { name: 'placed.one' }, quantity: 1 }],
    ['/serial-ranges', { name: 'placed', source: 'counter', format }],
    ['/jobs', { image, count: 1, hold: true }],
    ['/accounts', { name: 'pia', role: 'mes' }],
  ];
  for (const [path, body] of made) {
    const answer = await station.call('POST', `/api/v1${path}`, body);
    expect([path, answer.status]).toEqual([path, 201]);
    const there = await station.call('GET', answer.headers.get('location')!);
    expect([path, await there.json()]).toEqual([path, await answer.json()]);
  }
});
