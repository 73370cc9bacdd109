import { jest } from '@jest/globals';
import { exitCodeOf, Role, type Me, type Problem, type Session } from '@boardwalk/contracts';
import { openToRead, verifyDatabase } from '@boardwalk/records';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { io, type Socket } from 'socket.io-client';
import { accountOn, revokeOn } from '../testing/account-on.ts';
import { OpenedStation } from '../testing/opened-station.ts';
import { until } from '../testing/until.ts';
import { FAILURES_ALLOWED } from './failure-limit.ts';
import { ROLE_MAY } from './permissions.ts';
import { ROUTE_RULES } from '../routes/route-rules.ts';

jest.setTimeout(60_000);

let station: OpenedStation;
beforeEach(async () => void (station = await new OpenedStation().open()));
afterEach(() => station.remove());

const problemOf = async (answer: Response): Promise<Problem> => {
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  return (await answer.json()) as Problem;
};

test('every route of the station stands in the table of rules, and nothing else does', async () => {
  const answer = await station.call('GET', '/api/openapi.json');
  const { paths } = (await answer.json()) as { paths: Record<string, Record<string, unknown>> };
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  );
  const health = ['GET /healthz', 'GET /readyz', 'GET /metrics'];
  expect([...routes, ...health].sort()).toEqual(Object.keys(ROUTE_RULES).sort());
});

test('the OpenAPI document says of every guarded route who may, and that a reason may be given', async () => {
  interface Operation {
    responses: Record<string, { description: string; content?: Record<string, unknown> }>;
    parameters: { name: string }[];
  }
  const answer = await station.call('GET', '/api/openapi.json');
  const document = (await answer.json()) as { paths: Record<string, Record<string, Operation>> };
  const post = document.paths['/api/v1/jobs']!['post']!;
  expect(post.responses['403']!.description).toBe('The role may not; it takes engineer or admin or mes.');
  expect(Object.keys(post.responses)).toEqual(expect.arrayContaining(['201', '401', '403', '429', '503']));
  expect(Object.keys(post.responses['503']!.content!)).toEqual(['application/problem+json']);
  expect(post.parameters.map(({ name }) => name)).toContain('Boardwalk-Reason');
  expect(Object.keys(document.paths['/api/v1/sessions']!['post']!.responses)).not.toContain('403');
});

/** Who gets past the door; what the room says then (200, 400, 404, 409 …) is not asked here. */
const DOORS: [string, string, Role[]][] = [
  ['GET', '/api/v1/slots', ['operator', 'engineer', 'quality', 'admin', 'mes']],
  ['GET', '/API/V1/slots/', ['operator', 'engineer', 'quality', 'admin', 'mes']],
  ['POST', '/api/v1/scans', ['operator', 'engineer', 'admin']],
  ['POST', '/api/v1/jobs', ['engineer', 'admin', 'mes']],
  ['POST', '/api/v1/jobs/x/cancel', ['engineer', 'quality', 'admin', 'mes']],
  ['POST', '/api/v1/slots/9/recover', ['operator', 'engineer', 'admin']],
  ['POST', '/api/v1/slots/9/disable', ['engineer', 'quality', 'admin']],
  ['POST', '/api/v1/images', ['engineer', 'admin', 'mes']],
  ['POST', '/api/v1/recipes', ['engineer', 'admin']],
  ['POST', '/api/v1/work-orders', ['engineer', 'admin', 'mes']],
  ['GET', '/api/v1/reports/yield', ['engineer', 'quality', 'admin', 'mes']],
  ['GET', '/api/v1/audit', ['quality', 'admin']],
  ['GET', '/API/v1/AUDIT', ['quality', 'admin']],
  ['HEAD', '/api/v1/audit', ['quality', 'admin']],
  ['GET', '/api/v1/accounts', ['admin']],
  ['POST', '/api/v1/accounts', ['admin']],
  ['PATCH', '/api/v1/accounts/x', ['admin']],
  ['POST', '/api/v1/accounts/x/tokens', ['admin']],
  ['POST', '/api/v1/accounts/x/revoke', ['admin']],
  ['GET', '/metrics', ['operator', 'engineer', 'quality', 'admin', 'mes']],
];
test('each role gets through its own doors and no other', async () => {
  for (const role of Role.options) {
    const token = await accountOn(station.file, `one-${role}`, role);
    for (const [method, path, roles] of DOORS) {
      const answer = await station.call(method, path, method === 'POST' ? {} : undefined, { token });
      expect([role, method, path, answer.status === 403]).toEqual([
        role,
        method,
        path,
        !roles.includes(role),
      ]);
      expect(answer.status).not.toBe(401);
      if (answer.status === 403 && method !== 'HEAD')
        expect(await problemOf(answer)).toMatchObject({
          code: 'forbidden',
          detail: expect.stringMatching(role) as string,
        });
      else await answer.arrayBuffer();
    }
  }
});

test('without a token, with a wrong, an expired or a revoked one the answer is 401 and says how to come in', async () => {
  const expired = await accountOn(station.file, 'old', 'admin', { expiresAt: '2026-01-01T00:00:00.000Z' });
  const revoked = await accountOn(station.file, 'gone', 'admin');
  expect((await station.call('GET', '/api/v1/slots', undefined, { token: revoked })).status).toBe(200);
  await revokeOn(station.file, 'gone');
  for (const token of [null, 'wrong', expired, revoked]) {
    const answer = await station.call('GET', '/api/v1/slots', undefined, { token });
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([
      401,
      'Bearer realm="boardwalk"',
    ]);
    expect(await problemOf(answer)).toMatchObject({ code: 'unauthorized', retryable: false });
  }
});

test('the start token may do all but sign, and the record names each account that came', async () => {
  const me = await station.json<Me>('GET', '/sessions/current');
  expect(me).toEqual({
    account: 'start-token',
    role: 'admin',
    may: ROLE_MAY.admin.filter((permission) => permission !== 'release-recipes'),
  });
  const token = await accountOn(station.file, 'eva', 'engineer');
  await station.call('POST', '/api/v1/slots/1/disable', undefined, { token });
  // The slot is recorded after the answer.
  const rows = await until(
    async () =>
      station.rows<{ actor: string; role: string }>(
        `SELECT * FROM "audit_log" WHERE "type" = 'slot.changed' ORDER BY "id" DESC LIMIT 1`,
      ),
    ({ length }) => length > 0,
  );
  expect(rows[0]).toMatchObject({ actor: 'eva', role: 'engineer' });
});

test('a badge scanned at the bench is a login of its account, until the session is closed', async () => {
  await accountOn(station.file, 'olga', 'operator', { badge: 'OP-004711' });
  const answer = await station.call('POST', '/api/v1/sessions', { badge: ' OP-004711 ' }, { token: null });
  expect(answer.status).toBe(201);
  const { token, account, role } = (await answer.json()) as Session;
  expect([account, role]).toEqual(['olga', 'operator']);
  const call = (method: string, path: string) => station.call(method, path, undefined, { token });
  expect((await call('GET', '/api/v1/slots')).status).toBe(200);
  expect((await call('GET', '/api/v1/audit')).status).toBe(403);
  expect((await call('DELETE', '/api/v1/sessions/current')).status).toBe(204);
  expect((await call('GET', '/api/v1/slots')).status).toBe(401);
  const rows = station.rows<{ type: string; actor: string; subject: string }>(
    `SELECT "type", "actor", "subject" FROM "Event" WHERE "type" LIKE 'session.%' ORDER BY "id"`,
  );
  expect(rows).toEqual([
    { type: 'session.opened', actor: 'olga', subject: 'session/olga' },
    { type: 'session.closed', actor: 'olga', subject: 'session/olga' },
  ]);
});

test('a password logs in with its name; another, another name or a revoked account does not', async () => {
  await accountOn(station.file, 'quinn', 'quality', { password: 'vier Möwen am Kai' });
  const open = async (name: string, password: string) =>
    (await station.call('POST', '/api/v1/sessions', { name, password }, { token: null })).status;
  expect(await open('quinn', 'vier Möwen am Kai')).toBe(201);
  expect(await open('quinn', 'vier Möwen am Kay')).toBe(401);
  expect(await open('nobody-here', 'vier Möwen am Kai')).toBe(401);
  await revokeOn(station.file, 'quinn');
  expect(await open('quinn', 'vier Möwen am Kai')).toBe(401);
});

test('no badge opens an account that could do lasting harm', async () => {
  await expect(accountOn(station.file, 'root', 'admin', { badge: 'OP-1' })).rejects.toThrow(
    /no admin account/,
  );
  await expect(accountOn(station.file, 'mes1', 'mes', { badge: 'OP-1' })).rejects.toThrow(/no mes account/);
});

test('no token, badge or password stands in the data folder as it was given', async () => {
  const secrets = { badge: 'OP-0815-geheim', password: 'fünf Reiher im Schilf' };
  const token = await accountOn(station.file, 'olga', 'operator', secrets);
  const login = await station.call('POST', '/api/v1/sessions', { badge: secrets.badge }, { token: null });
  const session = ((await login.json()) as Session).token;
  await station.close();
  const bytes = Buffer.concat([readFileSync(station.file)]).toString('latin1');
  for (const secret of [token, session, ...Object.values(secrets)])
    expect(bytes.includes(Buffer.from(secret, 'utf8').toString('latin1'))).toBe(false);
  const database = openToRead(station.file);
  expect(verifyDatabase(database).ok).toBe(true);
  database.close();
});

test('who tries secrets out is told to wait; who has the right one is not held up', async () => {
  const attempt = (badge: string) => station.call('POST', '/api/v1/sessions', { badge }, { token: null });
  await accountOn(station.file, 'olga', 'operator', { badge: 'OP-004711' });
  for (let count = 0; count < 3; count += 1) expect((await attempt('OP-004711')).status).toBe(201);
  for (let count = 0; count < FAILURES_ALLOWED; count += 1)
    expect((await station.call('GET', '/api/v1/slots', undefined, { token: `guess${count}` })).status).toBe(
      401,
    );
  const refused = await station.call('GET', '/api/v1/slots', undefined, { token: 'one-more' });
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await problemOf(refused)).toMatchObject({ code: 'too-many-failures', retryable: true });
  expect((await attempt('OP-004711')).status).toBe(201);
  for (let count = 0; count < FAILURES_ALLOWED; count += 1)
    expect((await attempt(`OP-00000${count}`)).status).toBe(401);
  expect((await attempt('OP-004711')).status).toBe(429);
  expect((await station.call('GET', '/api/v1/slots')).status).toBe(200);
});

test('a page that is open when its account is revoked hears nothing more', async () => {
  const token = await accountOn(station.file, 'eva', 'engineer');
  const socket: Socket = io(`${station.url}/live`, {
    path: '/api/ws',
    auth: { token },
    transports: ['websocket'],
  });
  try {
    const seen: string[] = [];
    socket.onAny((type: string) => seen.push(type));
    await once(socket as unknown as NodeJS.EventEmitter, 'connect');
    socket.emit('subscribe', {});
    await once(socket as unknown as NodeJS.EventEmitter, 'subscribed');
    await revokeOn(station.file, 'eva');
    const ended = once(socket as unknown as NodeJS.EventEmitter, 'disconnect');
    await station.json('POST', '/slots/1/disable');
    await ended;
    expect(seen).toEqual(['subscribed', 'problem']);
  } finally {
    socket.close();
  }
});

test('another site’s page gets no leave to read, and answers carry the protecting headers', async () => {
  const headers = { origin: 'http://elsewhere.example', 'access-control-request-method': 'POST' };
  const preflight = await station.call('OPTIONS', '/api/v1/jobs', undefined, { token: null, headers });
  const answer = await station.call('GET', '/api/v1/slots', undefined, { headers });
  for (const each of [preflight, answer]) expect(each.headers.get('access-control-allow-origin')).toBeNull();
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('x-powered-by')).toBeNull();
  expect(answer.headers.get('x-frame-options')).toBe('SAMEORIGIN');
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
});

test('a host beyond loopback is refused without an admin account, with the sentence that says what to do', async () => {
  await station.close();
  const network = new OpenedStation(station.data, { BOARDWALK_HOST: '0.0.0.0' });
  await accountOn(station.file, 'eva', 'engineer');
  await accountOn(station.file, 'late', 'admin', { expiresAt: '2026-01-01T00:00:00.000Z' });
  const refusal: unknown = await network.open().catch((cause: unknown) => cause);
  expect(exitCodeOf(refusal)).toBe(4);
  expect(refusal).toMatchObject({
    code: 'network-needs-admin',
    remedy: expect.stringContaining('boardwalk account add NAME --role admin') as string,
  });
  await accountOn(station.file, 'chief', 'admin');
  await network.open();
  await network.close();
});

test('an account signs a release with its own name alone', async () => {
  const token = await accountOn(station.file, 'quinn', 'quality');
  const uploaded = await station.call(
    'POST',
    '/api/v1/images?name=a.bin&raw=true',
    new Uint8Array(64).fill(7),
  );
  const { id } = (await uploaded.json()) as { id: string };
  await station.call('POST', '/api/v1/recipes', { name: 'signed', image: id });
  const sign = (by: string) =>
    station.call('POST', '/api/v1/recipes/signed/revisions/1/release', { by }, { token });
  const refused = await sign('A. Weber');
  expect([refused.status, await refused.json()]).toEqual([
    403,
    expect.objectContaining({ code: 'not-your-name' }) as unknown,
  ]);
  expect((await sign('Quinn')).status).toBe(200);
});
