import { jest } from '@jest/globals';
import type { EventPlace, Problem, StationEvent } from '@boardwalk/contracts';
import { backUp, restore } from '@boardwalk/records';
import { io } from 'socket.io-client';
import { join } from 'node:path';
import { OpenedStation } from '../testing/opened-station.ts';

jest.setTimeout(60_000);

const AUTHOR = { actor: 'host:test', role: 'host', reason: null };

let station: OpenedStation;
beforeEach(async () => void (station = await new OpenedStation().open()));
afterEach(() => station.remove());

const records = () => ({
  folder: station.data,
  databaseFile: station.file,
  images: join(station.data, 'images'),
});
const place = () => station.json<EventPlace>('GET', '/station/place');

interface EventList {
  readonly data: StationEvent[];
  readonly generation: string;
}

async function refused(path: string): Promise<[number, string]> {
  const answer = await station.call('GET', `/api/v1${path}`);
  return [answer.status, ((await answer.json()) as Problem).code];
}

/** The answer to a subscription: the place it goes on from, or the code of the problem. */
async function subscribe(body: object): Promise<unknown> {
  const socket = io(`${station.url}/live`, {
    path: '/api/ws',
    auth: { token: station.token },
    reconnection: false,
  });
  try {
    return await new Promise((resolve) => {
      socket.on('subscribed', resolve);
      socket.on('problem', ({ code }: { code: string }) => resolve(code));
      socket.on('connect', () => socket.emit('subscribe', body));
    });
  } finally {
    socket.close();
  }
}

test('in its first generation a place alone is enough, but not one that the record does not have', async () => {
  const { lastEventId, generation } = await place();
  const answer = await station.call('GET', `/api/v1/events?after=${lastEventId - 1}`);
  expect(answer.headers.get('boardwalk-generation')).toBe(generation);
  expect(((await answer.json()) as EventList).generation).toBe(generation);
  expect((await station.call('GET', `/api/v1/events?after=1&generation=${generation}`)).status).toBe(200);
  expect(await refused('/events?after=1&generation=gen_other')).toEqual([410, 'generation-changed']);
  expect(await refused(`/events?after=${lastEventId + 1000}`)).toEqual([410, 'generation-changed']);
});

test('after a restore a place of before it is refused, over REST and live, and the beginning is taken', async () => {
  const before = await place();
  await station.close();
  const target = join(station.data, 'night.boardwalk');
  backUp(records(), target);
  restore(target, records(), AUTHOR);
  await station.open();
  const after = await place();
  expect(after.generation).not.toBe(before.generation);
  expect(await refused(`/events?after=${before.lastEventId}`)).toEqual([410, 'generation-changed']);
  expect(await refused(`/events?after=1&generation=${before.generation}`)).toEqual([
    410,
    'generation-changed',
  ]);
  const all = await station.json<EventList>('GET', '/events?limit=1');
  expect(all.data).toHaveLength(1);
  const link = (await station.call('GET', '/api/v1/events?limit=1')).headers.get('link')!;
  expect(link).toContain(`generation=${after.generation}`);
  expect((await station.call('GET', /<([^>]*)>/.exec(link)![1]!)).status).toBe(200);
  expect(await subscribe({ after: before.lastEventId, generation: before.generation })).toBe(
    'generation-changed',
  );
  expect(await subscribe({ after: before.lastEventId })).toBe('generation-changed');
  expect(await subscribe({ after: after.lastEventId, generation: after.generation })).toMatchObject({
    generation: after.generation,
  });
});

test('serials that a restore closed are opened by an admin, once, and the station says that they are closed', async () => {
  await station.json('POST', '/serial-ranges', { name: 'sn', source: 'list', values: ['A'] });
  await station.close();
  const target = join(station.data, 'night.boardwalk');
  backUp(records(), target);
  const elsewhere = new OpenedStation();
  try {
    const folder = elsewhere.data;
    restore(target, { folder, databaseFile: elsewhere.file, images: join(folder, 'images') }, AUTHOR);
    await elsewhere.open();
    const notes = async () => (await elsewhere.json<{ notes: string[] }>('GET', '/station')).notes.join();
    expect(await notes()).toContain('Serial ranges are closed');
    await elsewhere.json('POST', '/station/serials/open', { reason: 'labels were counted' });
    expect(await notes()).not.toContain('closed');
    expect((await elsewhere.call('POST', '/api/v1/station/serials/open', {})).status).toBe(409);
    expect(elsewhere.rows(`SELECT "actor", "reason" FROM "Event" WHERE "type" = 'record.opened'`)).toEqual([
      { actor: 'start-token', reason: 'labels were counted' },
    ]);
  } finally {
    await elsewhere.remove();
  }
});
