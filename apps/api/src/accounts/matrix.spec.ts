import { jest } from '@jest/globals';
import { Role, type Problem } from '@boardwalk/contracts';
import { format, resolveConfig } from 'prettier';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { accountOn, revokeOn } from '../testing/account-on.ts';
import { OpenedStation } from '../testing/opened-station.ts';
import { FAILURES_ALLOWED } from './failure-limit.ts';
import { rolesThatMay, type Permission } from './permissions.ts';
import { policyTable, readPolicy, type PolicyCaller } from '../routes/policy-table.ts';
import { ROUTE_RULES } from '../routes/route-rules.ts';

jest.setTimeout(240_000);

/** What the owner of a station reads. A change of who may do what shows here as a diff. */
const PAGE = fileURLToPath(new URL('../../../../docs/SECURITY.md', import.meta.url));
const policy = () => readPolicy(readFileSync(PAGE, 'utf8'));

/** The document and its page for people: the same for all, no data. Everything else under /api needs its row. */
const DOCUMENT = /^GET \/api\/(openapi\.json$|docs(-json|-yaml|\/.*)?$)/;

let station: OpenedStation;
beforeEach(async () => void (station = await new OpenedStation().open()));
afterEach(() => station.remove());

/** A caller of the matrix: its token, and the column of the policy that it is judged by. */
interface Caller {
  readonly who: string;
  readonly token: string | null;
  readonly column: PolicyCaller;
}

const routesAsked = (): [string, string][] =>
  station.routes
    .filter((route) => !DOCUMENT.test(route))
    .map((route) => route.split(' ') as [string, string]);

/** Asks for something that is not there, with nothing in the body: what is past the door does no harm. */
async function ask(method: string, pattern: string, token: string | null): Promise<Response> {
  const path = pattern.replace(/:\w+/g, 'nothing-of-this-name');
  const body = ['POST', 'PUT', 'PATCH'].includes(method) ? {} : undefined;
  return station.call(method, path, body, { token });
}

/** What the answer says of the door: 401, 403, or that the caller is in. */
async function atTheDoor(method: string, pattern: string, { token }: Caller): Promise<string> {
  const answer = await ask(method, pattern, token);
  const text = await answer.text();
  if (![401, 403, 429].includes(answer.status)) return 'in';
  // A login with a wrong password is refused by the room, not by the door.
  if (method !== 'HEAD' && (JSON.parse(text) as Problem).code === 'not-your-name') return 'in';
  return String(answer.status);
}

async function judge(callers: readonly Caller[]): Promise<void> {
  const rows = policy();
  for (const caller of callers)
    for (const [method, pattern] of routesAsked()) {
      const allowed = rows.get(`${method} ${pattern}`)?.has(caller.column);
      const stranger = caller.column === 'nobody';
      const expected = allowed ? 'in' : stranger ? '401' : '403';
      const asked = method === 'GET' ? ['GET', 'HEAD'] : [method];
      for (const as of asked)
        expect([caller.who, as, pattern, await atTheDoor(as, pattern, caller)]).toEqual([
          caller.who,
          as,
          pattern,
          expected,
        ]);
    }
}

test('the policy of docs/SECURITY.md is that of the tables, with a row for every route that answers', async () => {
  const page = readFileSync(PAGE, 'utf8');
  const made = page.replace(
    /<!-- policy -->[\s\S]*<!-- \/policy -->/,
    `<!-- policy -->\n\n${policyTable()}\n\n<!-- /policy -->`,
  );
  const options = { ...(await resolveConfig(PAGE)), filepath: PAGE };
  const tidy = await format(made, options);
  if (process.env['UPDATE_SECURITY'] === '1') writeFileSync(PAGE, tidy);
  expect(readFileSync(PAGE, 'utf8')).toBe(tidy);
  expect(
    routesAsked()
      .map((route) => route.join(' '))
      .sort(),
  ).toEqual([...policy().keys()].sort());
});

test('every route as every role: in where the policy says so, 403 elsewhere', async () => {
  const callers: Caller[] = [];
  for (const role of Role.options)
    callers.push({ who: role, column: role, token: await accountOn(station.file, `one-${role}`, role) });
  await judge(callers);
});

test('every route without a token, with the start token, and with it once an admin has a way in', async () => {
  const start = station.token;
  await judge([
    { who: 'no token', column: 'nobody', token: null },
    { who: 'start token', column: 'start', token: start },
  ]);
  await accountOn(station.file, 'chief', 'admin');
  expect((await station.call('GET', '/api/v1/slots', undefined, { token: start })).status).toBe(401);
});

test('every route with a token that is wrong, expired, revoked, logged out or over: 401, and 429 past the limit', async () => {
  const password = 'sieben Kraniche im Ried';
  const start = station.token;
  const expired = await accountOn(station.file, 'old', 'admin', { expiresAt: '2026-01-01T00:00:00.000Z' });
  const revoked = await accountOn(station.file, 'gone', 'admin');
  await revokeOn(station.file, 'gone');
  await accountOn(station.file, 'out', 'admin', { password });
  const login = await station.call('POST', '/api/v1/sessions', { name: 'out', password }, { token: null });
  const { token: out } = (await login.json()) as { token: string };
  await station.call('DELETE', '/api/v1/sessions/current', undefined, { token: out });
  const open = policy();
  const statuses: number[] = [];
  for (const [who, token] of Object.entries({ wrong: 'wrong', expired, revoked, out, start }))
    for (const [method, pattern] of routesAsked()) {
      if (open.get(`${method} ${pattern}`)?.has('nobody')) continue;
      const { status } = await ask(method, pattern, token);
      statuses.push(status);
      // The limit begins again each minute.
      const expected = statuses.length > FAILURES_ALLOWED && status === 429 ? 429 : 401;
      expect([who, method, pattern, status]).toEqual([who, method, pattern, expected]);
    }
  expect(statuses).toContain(429);
});

test('quality and admin decide about held boards and lots, and name reference boards', () => {
  const routes = ['boards/:id/decision', 'lots/:lot/decision', 'boards/:id/reference'];
  for (const route of routes)
    expect([route, rolesThatMay(ROUTE_RULES[`POST /api/v1/${route}`] as Permission)]).toEqual([
      route,
      ['quality', 'admin'],
    ]);
});
