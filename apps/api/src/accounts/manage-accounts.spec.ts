import { jest } from '@jest/globals';
import type { Account, AuditRow, GivenToken, Problem, Session } from '@boardwalk/contracts';
import { openToRead, verifyDatabase } from '@boardwalk/records';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { io, type Socket } from 'socket.io-client';
import { accountOn, revokeOn } from '../testing/account-on.ts';
import { OpenedStation } from '../testing/opened-station.ts';

jest.setTimeout(60_000);

let station: OpenedStation;
beforeEach(async () => void (station = await new OpenedStation().open()));
afterEach(() => station.remove());

const ask = async (method: string, path: string, body?: unknown, token?: string) => {
  const answer = await station.call(method, `/api/v1${path}`, body, token === undefined ? {} : { token });
  const told = (await answer.json()) as Problem & Account;
  return { status: answer.status, code: told.code, detail: told.detail, told };
};
const login = (body: object) => station.call('POST', '/api/v1/sessions', body, { token: null });
const looks = async (token: string) =>
  (await station.call('GET', '/api/v1/slots', undefined, { token })).status;
const tokenOf = async (name: string, body?: object): Promise<GivenToken> =>
  station.json<GivenToken>('POST', `/accounts/${name}/tokens`, body);

test('an admin without a shell adds an operator, gives a token, and the record says who and what, no secret', async () => {
  const chief = await accountOn(station.file, 'chief', 'admin');
  station.actAs(chief);
  const secrets = { badge: 'OP-0815-geheim', password: 'fünf Reiher im Schilf' };
  const added = await station.call(
    'POST',
    '/api/v1/accounts',
    { name: 'olga', role: 'operator', ...secrets },
    { token: chief, headers: { 'boardwalk-reason': 'new on line 3' } },
  );
  expect([added.status, await added.json()]).toEqual([
    201,
    expect.objectContaining({ name: 'olga', role: 'operator', badge: true, password: true, tokens: 0 }),
  ]);
  expect((await login({ badge: secrets.badge })).status).toBe(201);
  expect((await login({ name: 'olga', password: secrets.password })).status).toBe(201);
  const given = await station.call(
    'POST',
    '/api/v1/accounts/olga/tokens',
    { expiresInDays: 1 },
    { token: chief },
  );
  expect([given.status, given.headers.get('cache-control')]).toEqual([201, 'no-store']);
  const { token, expiresAt } = (await given.json()) as GivenToken;
  expect(await looks(token)).toBe(200);
  expect(Date.parse(expiresAt!)).toBeGreaterThan(Date.now());
  await ask('PATCH', '/accounts/olga', { role: 'engineer', badge: null }, chief);

  const { data } = await station.json<{ data: AuditRow[] }>('GET', '/audit?subject=account/olga');
  expect(data.map(({ type, actor, role, reason }) => [type, actor, role, reason])).toEqual([
    ['account.added', 'chief', 'admin', 'new on line 3'],
    ['account.changed', 'chief', 'admin', null],
    ['account.changed', 'chief', 'admin', null],
  ]);
  expect(data[2]).toMatchObject({
    oldValue: { role: 'operator', badge: true },
    newValue: { role: 'engineer', badge: false, changed: ['role', 'badge'] },
  });
  const shown = JSON.stringify(data);
  await station.close();
  const bytes = readFileSync(station.file).toString('latin1');
  for (const secret of [token, ...Object.values(secrets)]) {
    expect(shown).not.toContain(secret);
    expect(bytes.includes(Buffer.from(secret, 'utf8').toString('latin1'))).toBe(false);
  }
  const database = openToRead(station.file);
  expect(verifyDatabase(database).ok).toBe(true);
  database.close();
});

test('a role holds from the next request on; a new password or badge ends the logins by the old one', async () => {
  await station.json('POST', '/accounts', { name: 'eva', role: 'engineer', password: 'vier Möwen am Kai' });
  const { token } = await tokenOf('eva');
  const session = (await (await login({ name: 'eva', password: 'vier Möwen am Kai' })).json()) as Session;
  const audit = async (as: string) =>
    (await station.call('GET', '/api/v1/audit', undefined, { token: as })).status;
  expect(await audit(token)).toBe(403);
  expect((await ask('PATCH', '/accounts/eva', { role: 'quality' })).told.role).toBe('quality');
  expect(await audit(token)).toBe(200);
  expect(await looks(session.token)).toBe(200);
  await ask('PATCH', '/accounts/eva', { password: 'acht Schwäne im Nebel' });
  expect([await looks(session.token), await looks(token)]).toEqual([401, 200]);
  expect((await login({ name: 'eva', password: 'vier Möwen am Kai' })).status).toBe(401);
  expect((await login({ name: 'eva', password: 'acht Schwäne im Nebel' })).status).toBe(201);
  await ask('DELETE', '/accounts/eva/tokens');
  expect(await looks(token)).toBe(401);
});

test('what cannot be is refused by name: taken names and badges, badges of admins, ended and unknown accounts', async () => {
  await station.json('POST', '/accounts', { name: 'olga', role: 'operator', badge: 'OP-004711' });
  await station.json('POST', '/accounts', { name: 'jan', role: 'operator' });
  await station.json('POST', '/accounts', { name: 'gone', role: 'mes' });
  await station.json('POST', '/accounts/gone/revoke');
  const refusals = [
    await ask('POST', '/accounts', { name: 'olga', role: 'mes' }),
    await ask('POST', '/accounts', { name: 'gone', role: 'mes' }),
    await ask('POST', '/accounts', { name: 'pia', role: 'operator', badge: ' OP-004711 ' }),
    await ask('PATCH', '/accounts/jan', { badge: 'OP-004711' }),
    await ask('POST', '/accounts', { name: 'root', role: 'admin', badge: 'OP-004712' }),
    await ask('PATCH', '/accounts/olga', { role: 'admin' }),
    await ask('PATCH', '/accounts/gone', { role: 'operator' }),
    await ask('POST', '/accounts/nobody-here/revoke'),
    await ask('PATCH', '/accounts/jan', {}),
    await ask('POST', '/accounts', { name: 'start-token', role: 'admin', password: 'short' }),
  ];
  expect(refusals.map(({ status, code }) => `${status} ${code}`)).toEqual([
    ...['409 account-exists', '409 account-exists', '409 badge-taken', '409 badge-taken'],
    ...['409 badge-refused', '409 badge-refused', '409 account-revoked', '404 not-found'],
    ...['400 invalid', '400 invalid'],
  ]);
  // The badge of a revoked account is free again, and one's own badge is not taken.
  expect((await ask('PATCH', '/accounts/olga', { badge: 'OP-004711' })).status).toBe(200);
  await station.json('POST', '/accounts/olga/revoke');
  expect((await ask('PATCH', '/accounts/jan', { badge: 'OP-004711' })).status).toBe(200);
});

test('the last admin with a way in stays, however it is tried, also when two admins demote each other at once', async () => {
  await station.json('POST', '/accounts', { name: 'locked-out', role: 'admin' });
  const password = 'sieben Kraniche im Ried';
  await station.json('POST', '/accounts', { name: 'a', role: 'admin', password });
  station.actAs(((await (await login({ name: 'a', password })).json()) as Session).token);
  const tries: [string, string, object?][] = [
    ['POST', '/accounts/a/revoke'],
    ['PATCH', '/accounts/a', { role: 'engineer' }],
    ['PATCH', '/accounts/a', { password: null }],
  ];
  for (const [method, path, body] of tries) {
    const { status, code, detail } = await ask(method, path, body);
    expect([path, status, code]).toEqual([path, 409, 'last-admin']);
    expect(detail).toMatch(/^This would lock out the last admin\. Give another account the admin role/);
  }
  expect((await station.json<Account>('GET', '/accounts/a')).role).toBe('admin');
  const { token: ofA } = await tokenOf('a');
  station.actAs(ofA);
  await ask('PATCH', '/accounts/a', { password: null });
  expect((await ask('DELETE', '/accounts/a/tokens')).code).toBe('last-admin');
  const { token: ofOther } = await tokenOf('locked-out');
  const both = await Promise.all([
    ask('PATCH', '/accounts/locked-out', { role: 'engineer' }, ofA),
    ask('PATCH', '/accounts/a', { role: 'engineer' }, ofOther),
  ]);
  // The second is refused as the last admin, or was no admin any more when it asked.
  const [done, refused] = both.sort((one, other) => one.status - other.status);
  expect([done.status, refused.status === 409 ? refused.code : refused.status]).toEqual([
    200,
    refused.status === 403 ? 403 : 'last-admin',
  ]);
  station.actAs(done.told.name === 'a' ? ofOther : ofA);
  const { data } = await station.json<{ data: Account[] }>('GET', '/accounts');
  expect(data.filter(({ role }) => role === 'admin')).toHaveLength(1);
});

/** A page that is open as an account; what it heard. */
async function openPage(token: string): Promise<{ socket: Socket; heard: string[] }> {
  const socket: Socket = io(`${station.url}/live`, {
    path: '/api/ws',
    auth: { token },
    transports: ['websocket'],
  });
  const heard: string[] = [];
  socket.onAny((type: string) => heard.push(type));
  await once(socket as unknown as NodeJS.EventEmitter, 'connect');
  return { socket, heard };
}
const closed = (socket: Socket) => once(socket as unknown as NodeJS.EventEmitter, 'disconnect');

test('the pages of a revoked account are closed at once, with nothing happening on the bench', async () => {
  const pages = [];
  for (const name of ['eva', 'jan', 'kim']) {
    await station.json('POST', '/accounts', { name, role: 'engineer' });
    const { token } = await tokenOf(name);
    pages.push({ token, ...(await openPage(token)) });
  }
  const [eva, jan, kim] = pages;
  try {
    const ends = [closed(eva!.socket), closed(jan!.socket)];
    await station.json('POST', '/accounts/eva/revoke');
    await revokeOn(station.file, 'jan');
    await Promise.all(ends);
    expect([eva!.heard, jan!.heard, kim!.heard]).toEqual([['problem'], ['problem'], []]);
    expect([await looks(eva!.token), await looks(jan!.token), await looks(kim!.token)]).toEqual([
      401, 401, 200,
    ]);
    expect(kim!.socket.connected).toBe(true);
  } finally {
    for (const { socket } of pages) socket.close();
  }
});

test('accounts change while boards, orders and sessions are recorded: nobody fails, and the chain holds', async () => {
  const work = Array.from({ length: 12 }, (_, n) => [
    station.json('POST', '/accounts', { name: `op${n}`, role: 'operator', badge: `OP-10000${n}` }),
    station.json('POST', `/slots/1/${n % 2 ? 'enable' : 'disable'}`),
  ]);
  await Promise.all(work.flat());
  expect((await station.json<{ data: Account[] }>('GET', '/accounts')).data).toHaveLength(12);
  const database = openToRead(station.file);
  expect(verifyDatabase(database).ok).toBe(true);
  database.close();
});
