import { jest } from '@jest/globals';
import type { Problem, Session } from '@boardwalk/contracts';
import { existsSync } from 'node:fs';
import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { io } from 'socket.io-client';
import { accountOn, revokeOn } from '../testing/account-on.ts';
import { OpenedStation } from '../testing/opened-station.ts';

jest.setTimeout(60_000);

let station: OpenedStation;
let start: string;
beforeEach(async () => {
  station = await new OpenedStation().open();
  start = station.token;
});
afterEach(() => station.remove());

const status = async (token: string) =>
  (await station.call('GET', '/api/v1/slots', undefined, { token })).status;
const password = 'sieben Kraniche im Ried';
const ended = () => station.rows(`SELECT 1 FROM "Event" WHERE "type" = 'start-token.ended'`);

test('the start token ends with the first admin that has a way in, and its open pages are closed', async () => {
  const page = io(`${station.url}/live`, {
    path: '/api/ws',
    auth: { token: start },
    transports: ['websocket'],
  });
  const events = page as unknown as EventEmitter;
  try {
    await once(events, 'connect');
    await station.json('POST', '/accounts', { name: 'eva', role: 'engineer', password });
    await station.json('POST', '/accounts', { name: 'chief', role: 'admin' });
    expect([await status(start), ended()]).toEqual([200, []]);
    const closed = once(events, 'disconnect');
    await station.json('PATCH', '/accounts/chief', { password });
    await closed;
    expect([await status(start), ended()]).toEqual([401, [{ 1: 1 }]]);
  } finally {
    page.close();
  }
});

test('an admin that the command line adds next to the station ends it too', async () => {
  const chief = await accountOn(station.file, 'chief', 'admin');
  expect([await status(start), await status(chief)]).toEqual([401, 200]);
});

test('it stays ended when that admin is gone, and over a restart, whose URL has no token', async () => {
  await accountOn(station.file, 'chief', 'admin');
  await revokeOn(station.file, 'chief');
  expect(await status(start)).toBe(401);
  await station.close();
  await station.open();
  expect(() => station.token).toThrow(/start token is over/);
  expect([await status(start), existsSync(join(station.data, 'token'))]).toEqual([401, false]);
});

test('it signs nothing', async () => {
  const upload = await station.call('POST', '/api/v1/images?name=a.bin&raw=true', new Uint8Array(64).fill(7));
  const { id: image } = (await upload.json()) as { id: string };
  await station.json('POST', '/recipes', { name: 'app', image });
  for (const action of ['release', 'retire']) {
    const path = `/api/v1/recipes/app/revisions/1/${action}`;
    const answer = await station.call('POST', path, { by: 'A. Weber' });
    const { code, detail } = (await answer.json()) as Problem;
    expect([answer.status, code]).toEqual([403, 'forbidden']);
    expect(detail).toMatch(/start token is for setting up/);
  }
});

describe('where two persons release', () => {
  let image: string;
  const tokens: Record<string, string> = {};
  const sign = async (by: string, recipe = 'app'): Promise<string> => {
    const path = `/api/v1/recipes/${recipe}/revisions/1/release`;
    const answer = await station.call('POST', path, { by }, { token: tokens[by.toLowerCase()]! });
    const told = (await answer.json()) as { state?: string; code?: string };
    return told.state ?? `${answer.status} ${told.code}`;
  };
  const write = async (author: string, name = 'app'): Promise<void> => {
    const answer = await station.call('POST', '/api/v1/recipes', { name, image }, { token: tokens[author]! });
    expect(answer.status).toBe(201);
  };

  beforeEach(async () => {
    await station.close();
    station = await new OpenedStation(station.data, { BOARDWALK_RELEASE: 'two' }).open();
    const upload = await station.call(
      'POST',
      '/api/v1/images?name=a.bin&raw=true',
      new Uint8Array(64).fill(7),
    );
    ({ id: image } = (await upload.json()) as { id: string });
    for (const [name, role] of [
      ['ada', 'admin'],
      ['ben', 'admin'],
      ['cleo', 'quality'],
      ['dora', 'quality'],
      ['eva', 'engineer'],
    ] as const)
      tokens[name] = await accountOn(station.file, name, role);
  });

  test('two accounts that neither wrote it nor made each other release it', async () => {
    await write('eva');
    expect(await sign('cleo')).toBe('draft');
    expect(await sign('Cleo')).toBe('409 second-person-needed');
    expect(await sign('dora')).toBe('released');
  });

  test('its author does not count', async () => {
    await write('ada');
    expect([await sign('ada'), await sign('cleo')]).toEqual(['409 second-person-needed', 'draft']);
    expect([await sign('ada'), await sign('dora')]).toEqual(['409 second-person-needed', 'released']);
  });

  /** Each gives ada another account, `puppet`, that she can let herself in as. */
  const WAYS: [string, () => Promise<void>][] = [
    [
      'made it',
      async () => {
        const answer = await station.call(
          'POST',
          '/api/v1/accounts',
          { name: 'puppet', role: 'quality', password },
          { token: tokens['ada']! },
        );
        expect(answer.status).toBe(201);
      },
    ],
    [
      'made the account that made it',
      async () => {
        for (const [by, body] of [
          ['ada', { name: 'middle', role: 'admin', password }],
          ['middle', { name: 'puppet', role: 'quality', password }],
        ] as const) {
          const answer = await station.call('POST', '/api/v1/accounts', body, { token: tokens[by]! });
          expect(answer.status).toBe(201);
          tokens[body.name] = await loggedIn(body.name);
        }
      },
    ],
    [
      'gave it another password',
      async () => {
        await accountOn(station.file, 'puppet', 'quality');
        await station.call('PATCH', '/api/v1/accounts/puppet', { password }, { token: tokens['ada']! });
      },
    ],
  ];
  const loggedIn = async (name: string): Promise<string> => {
    const answer = await station.call('POST', '/api/v1/sessions', { name, password }, { token: null });
    return ((await answer.json()) as Session).token;
  };

  test.each(WAYS)('an account does not sign next to the one that %s', async (_how, make) => {
    await make();
    tokens['puppet'] = await loggedIn('puppet');
    for (const [first, second] of [
      ['ada', 'puppet'],
      ['puppet', 'ada'],
    ] as const) {
      await write('eva', first);
      expect([await sign(first, first), await sign(second, first)]).toEqual([
        'draft',
        '409 second-person-needed',
      ]);
      expect(await sign('ben', first)).toBe('released');
    }
  });

  test('a free name that an earlier version took as a signature does not count', async () => {
    await write('eva');
    await accountOn(station.file, 'weber', 'quality');
    station.execute(
      `UPDATE "Recipe" SET "signatures" = '[{"action":"release","by":"weber","at":"2026-01-01T00:00:00.000Z","reason":null}]'`,
    );
    expect(await sign('cleo')).toBe('draft');
  });
});

test('names of accounts are unique in any case; files that have such names open, and keep both', async () => {
  await station.json('POST', '/accounts', { name: 'Olga', role: 'operator' });
  const answer = await station.call('POST', '/api/v1/accounts', { name: 'oLGA', role: 'operator' });
  expect([answer.status, ((await answer.json()) as Problem).code]).toEqual([409, 'account-exists']);
  await expect(accountOn(station.file, 'OLGA', 'operator')).rejects.toThrow(
    /There is an account Olga already/,
  );
  station.execute(
    `INSERT INTO "Account" VALUES ('OLGA', 'operator', '2026-01-01T00:00:00.000Z', NULL, NULL, NULL)`,
  );
  await station.close();
  await station.open();
  for (const name of ['Olga', 'OLGA'])
    expect(await station.json('GET', `/accounts/${name}`)).toMatchObject({ name });
});
