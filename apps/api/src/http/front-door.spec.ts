import { jest } from '@jest/globals';
import { reworded, type Problem } from '@boardwalk/contracts';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { bodyLimitOf } from '../routes/body-limits.ts';
import { ROUTE_RULES } from '../routes/route-rules.ts';
import { accountOn } from '../testing/account-on.ts';
import { OpenedStation } from '../testing/opened-station.ts';
import { until } from '../testing/until.ts';
import { DEEPEST_JSON } from './json-scan.ts';
import { SERVER_LIMITS } from './server-limits.ts';
import { TINY_PIECES } from './tiny-pieces.ts';
import { MOST_ERRORS } from './most-errors.ts';

jest.setTimeout(60_000);

const station = new OpenedStation();
beforeAll(() => station.open());
afterAll(() => station.remove());

/** A connection that sends what a client library would not. */
async function line(): Promise<Socket> {
  const { hostname, port } = new URL(station.url);
  const socket = connect(Number(port), hostname).on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}
/** All that comes until it ends or matches. */
async function heard(socket: Socket, until: RegExp = /(?!)/): Promise<string> {
  let text = '';
  for await (const chunk of socket.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    if (until.test(text)) break;
  }
  return text;
}
const head = (path: string, ...headers: string[]): string =>
  [`POST ${path} HTTP/1.1`, 'host: station', ...headers, '', ''].join('\r\n');
const json = 'content-type: application/json';
const problemOf = async (answer: Response) => (await answer.json()) as Problem;

test.each([
  ['no token', [], '401'],
  ['a wrong token', ['authorization: Bearer wrong'], '401'],
])('an upload with %s is refused by its head, before a byte of its body', async (_who, headers, status) => {
  const socket = await line();
  socket.write(head('/api/v1/images?name=a.bin', 'content-length: 16777216', ...headers));
  expect(await heard(socket, /\r\n\r\n/)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  socket.destroy();
});

test('a role that may not upload is refused by the head too', async () => {
  const token = await accountOn(station.file, 'olga', 'operator');
  const socket = await line();
  socket.write(head('/api/v1/images', 'content-length: 1000', `authorization: Bearer ${token}`));
  expect(await heard(socket, /\r\n\r\n/)).toMatch(/^HTTP\/1\.1 403 /);
  socket.destroy();
});

test('a client that goes on sending a refused body is cut off', async () => {
  const socket = await line();
  socket.write(head('/api/v1/images', 'transfer-encoding: chunked'));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.resume();
  const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
  const clock = setInterval(() => socket.write(chunk), 5);
  await closed;
  clearInterval(clock);
});

test('a client that asks is told to go on once it was let in, and not before', async () => {
  const asks = ['expect: 100-continue', 'content-length: 4'];
  const stranger = await line();
  stranger.write(head('/api/v1/images?name=a.bin', ...asks));
  expect(await heard(stranger, /\r\n\r\n/)).toMatch(/^HTTP\/1\.1 401 /);
  stranger.destroy();
  const known = await line();
  known.write(head('/api/v1/images?name=a.bin', ...asks, `authorization: Bearer ${station.token}`));
  expect(await heard(known, /\r\n\r\n/)).toMatch(/^HTTP\/1\.1 100 /);
});

test('each route takes a body up to its own limit and says what that is', async () => {
  const routes = Object.keys(ROUTE_RULES)
    .map((route) => route.split(' ') as [string, string])
    .filter(([method]) => ['POST', 'PATCH', 'PUT'].includes(method));
  expect(routes.length).toBeGreaterThan(20);
  // The start token signs nothing: it would be turned away before its body is looked at.
  const signer = await accountOn(station.file, 'signer', 'quality');
  const tokenFor = (pattern: string) =>
    pattern.startsWith('/api/v1/recipes/') && /\/(release|retire)$/.test(pattern) ? signer : station.token;
  for (const [method, pattern] of routes) {
    const limit = bodyLimitOf(method, pattern);
    const form = pattern === '/api/v1/images' ? 65536 : 0;
    const bytes = new Uint8Array(limit + form + 1);
    const answer = await station.call(method, pattern.replace(/:\w+/g, 'x'), bytes, {
      headers: { 'content-type': 'application/json' },
      token: tokenFor(pattern),
    });
    expect([method, pattern, answer.status]).toEqual([method, pattern, 413]);
    expect((await problemOf(answer)).detail).toContain(`at most ${limit} bytes`);
  }
  expect(bodyLimitOf('POST', '/api/v1/sessions')).toBe(4096);
});

test('a body without a stated length is counted while it comes', async () => {
  const socket = await line();
  socket.write(head('/api/v1/sessions', json, 'transfer-encoding: chunked'));
  socket.write(`2000\r\n${' '.repeat(0x2000)}\r\n`);
  expect(await heard(socket, /\r\n\r\n/)).toMatch(/^HTTP\/1\.1 413 /);
  socket.destroy();
});

test('a body that is nested too deeply is refused; brackets in texts do not count', async () => {
  const post = (body: string) =>
    station.call('POST', '/api/v1/jobs', new Uint8Array(Buffer.from(body)), {
      headers: { 'content-type': 'application/json' },
    });
  for (const [open, close] of [
    ['[', ']'],
    ['{"a":', '}'],
  ] as const) {
    const deep = (levels: number) => `${open.repeat(levels)}0${close.repeat(levels)}`;
    expect((await problemOf(await post(deep(DEEPEST_JSON + 1)))).detail).toMatch(/nested deeper than 64/);
    expect((await problemOf(await post(deep(DEEPEST_JSON)))).detail).not.toMatch(/nested/);
  }
  const text = JSON.stringify({ clientRef: `\\"${'['.repeat(200)}` });
  expect((await problemOf(await post(text))).detail).not.toMatch(/nested/);
});

test('a request with very many wrong fields is answered with the first hundred', async () => {
  const units = Array.from({ length: 5000 }, () => ({ serial: 7 }));
  const many = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`field${index}`, 1]));
  for (const body of [{ count: 1, units }, many, { ['x'.repeat(100_000)]: 1 }]) {
    const answer = await station.call('POST', '/api/v1/jobs', body);
    const text = await answer.text();
    const { errors } = JSON.parse(text) as Problem;
    expect([answer.status, errors!.length <= MOST_ERRORS]).toEqual([400, true]);
    expect(text.length).toBeLessThan(80_000);
  }
});

test('one address opens so many connections and no more; when one ends the next may come', async () => {
  const open: Socket[] = [];
  try {
    // The requests of this file's other tests keep some open for a while.
    let refused: Socket | null = null;
    while (!refused && open.length <= SERVER_LIMITS.socketsPerAddress) {
      const socket = await line();
      socket.write('GET /healthz HTTP/1.1\r\nhost: station\r\n\r\n');
      if ((await heard(socket, /\r\n\r\n/)) === '') refused = socket;
      else open.push(socket);
    }
    expect(refused).not.toBeNull();
  } finally {
    for (const socket of open) socket.destroy();
  }
  await until(
    () =>
      fetch(`${station.url}/healthz`).then(
        ({ status }) => status,
        (cause: unknown) => String(cause),
      ),
    (answer) => answer === 200,
  );
});

test('a connection that sends very many requests ahead of their answers is ended', async () => {
  const slots = 'GET /api/v1/slots HTTP/1.1\r\nhost: station\r\n\r\n';
  const few = await line();
  few.write(slots.repeat(20) + slots.replace('\r\n\r\n', '\r\nconnection: close\r\n\r\n'));
  expect((await heard(few)).match(/HTTP\/1\.1 401/g)).toHaveLength(21);
  const many = await line();
  many.write(slots.repeat(1000));
  expect((await heard(many).catch(() => '')).match(/HTTP\/1\.1/g) ?? []).toHaveLength(0);
});

test('a body in chunks of a few bytes is refused long before its limit; one in usual chunks is taken', async () => {
  const token = await accountOn(station.file, 'enno', 'engineer');
  const upload = head(
    '/api/v1/images?name=a.bin&raw=true',
    'transfer-encoding: chunked',
    `authorization: Bearer ${token}`,
  );
  const tiny = await line();
  tiny.write(upload + '1\r\nx\r\n'.repeat(TINY_PIECES));
  expect(await heard(tiny, /a few bytes/)).toMatch(/^HTTP\/1\.1 400 [^]*in chunks of a few bytes/);
  tiny.destroy();
  const usual = await line();
  usual.write(upload + `400\r\n${'x'.repeat(1024)}\r\n`.repeat(50) + '0\r\n\r\n');
  expect(await heard(usual, /\r\n\r\n/)).toMatch(/^HTTP\/1\.1 201 /);
  usual.destroy();
});

test('a refusal can be worded again, in any language, from the answer alone', async () => {
  const { detail, params } = await problemOf(await station.call('GET', '/api/v1/recipes/nothing'));
  expect(params).toMatchObject({ sentence: expect.stringMatching(/^not-found/) as string });
  expect(detail.startsWith(reworded(params!)!)).toBe(true);
});
