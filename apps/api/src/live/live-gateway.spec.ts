import { jest } from '@jest/globals';
import { LIVE_REPLAY_EVENTS, type LivePage, type LiveProblem, type StationEvent } from '@boardwalk/contracts';
import { headOf, INSERT_ROWS, link } from '@boardwalk/records';
import { EventEmitter, once } from 'node:events';
import { io, type Socket } from 'socket.io-client';
import { besideStation } from '../testing/beside-station.ts';
import { DeafClient } from '../testing/deaf-client.ts';
import { OpenedStation } from '../testing/opened-station.ts';
import { until } from '../testing/until.ts';
import { PAGES_PER_ADDRESS, SUBSCRIBES_PER_MINUTE } from './live-gateway.ts';

jest.setTimeout(120_000);

let station: OpenedStation;
const sockets: Socket[] = [];
beforeEach(async () => void (station = await new OpenedStation().open()));
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.close();
  await station.remove();
});

function page(namespace = '/live', token: string = station.token): Socket {
  const options = { path: '/api/ws', auth: { token }, transports: ['websocket'], reconnection: false };
  const socket = io(`${station.url}${namespace}`, { ...options, forceNew: true });
  sockets.push(socket);
  return socket;
}
const heard = async <Message>(socket: Socket, type: string): Promise<Message> => {
  const [message] = (await once(socket as unknown as EventEmitter, type)) as [Message];
  return message;
};

/** Adds slot changes to the record, as a bench that has worked for months has them. */
async function addEvents(count: number, more: object = {}): Promise<number> {
  const { data } = await station.json<{ data: unknown[] }>('GET', '/slots');
  return besideStation(station.file, (database) => {
    const insert = database.prepare(INSERT_ROWS);
    const add = database.transaction(() => {
      let head = headOf(database);
      const rows = Array.from({ length: count }, () => {
        const row = link(head, {
          ...{
            at: new Date().toISOString(),
            type: 'slot.changed',
            subject: 'slot/1',
            data: { ...(data[0] as object), ...more },
          },
          ...{ actor: 'station', role: 'station', reason: null },
        });
        head = { id: row.id, hash: row.hash };
        return row;
      });
      insert.run(JSON.stringify(rows));
      return head.id;
    });
    return add.immediate();
  });
}

test('what a client missed comes in pages that it acknowledges, each event once and in order, then what happens', async () => {
  const last = await addEvents(1000);
  const socket = page();
  const ids: number[] = [];
  const pages: LivePage[] = [];
  socket.on('slot.changed', ({ id }: StationEvent) => ids.push(id));
  const acknowledges: (() => void)[] = [];
  const complete = new Promise<void>((resolve) =>
    socket.on('page', (each: LivePage, acknowledge: () => void) => {
      pages.push(each);
      acknowledges.push(acknowledge);
      // The first waits, so that what follows without it would be seen.
      if (pages.length > 1) acknowledge();
      if (!each.more) resolve();
    }),
  );
  socket.emit('subscribe', { after: last - 1000, acknowledge: true });
  await heard(socket, 'page');
  await station.json('POST', '/slots/1/disable');
  await station.json('POST', '/slots/1/enable');
  expect([pages.length, ids.length]).toEqual([1, pages[0]!.events]);
  acknowledges[0]!();
  await complete;
  await until(
    async () => ids.length,
    (count) => count >= 1002,
  );
  // On a busy machine an event of another type may come in between.
  const stored = await besideStation(station.file, (database) =>
    database
      .prepare(
        `SELECT "id" FROM "Event" WHERE "type" = 'slot.changed' AND "id" > ? AND "id" <= ? ORDER BY "id"`,
      )
      .pluck()
      .all(last - 1000, ids.at(-1)),
  );
  expect(ids).toEqual(stored);
  expect(pages.map(({ more }) => more).indexOf(false)).toBe(pages.length - 1);
});

test('a client that acknowledges nothing it was not told of gets all of it too', async () => {
  const last = await addEvents(500);
  const socket = page();
  const ids: number[] = [];
  socket.onAny((type: string, event: StationEvent) => {
    if (type === 'slot.changed') ids.push(event.id);
  });
  socket.emit('subscribe', { after: last - 500 });
  await until(
    async () => ids.length,
    (count) => count >= 500,
  );
  expect(ids).toEqual(Array.from({ length: 500 }, (_, index) => last - 499 + index));
});

test('who is too far back is told to page the event log, and can go on from there', async () => {
  const last = await addEvents(LIVE_REPLAY_EVENTS + 100);
  const socket = page();
  socket.emit('subscribe', { after: 1 });
  expect(await heard<LiveProblem>(socket, 'problem')).toEqual({
    code: 'too-far-back',
    detail: expect.stringContaining('GET /api/v1/events?after=1') as string,
    lastEventId: last,
  });
  socket.emit('subscribe', { after: last - 3 });
  expect(await heard(socket, 'subscribed')).toEqual({
    after: last - 3,
    generation: expect.stringMatching(/^gen_/) as string,
  });
});

test('clients that read nothing are let go with little read for them, and meanwhile others are served', async () => {
  const note = 'x'.repeat(2000);
  const last = await addEvents(LIVE_REPLAY_EVENTS, { note });
  const alone = await medianOfRequests(60);
  const deaf = await Promise.all([1, 2].map(() => DeafClient.open(station.url, station.token)));
  for (const client of deaf) client.subscribe(last - LIVE_REPLAY_EVENTS);
  // A client that reads has its replay next to them, and requests are answered between its pages.
  const reader = page();
  let read = 0;
  reader.on('slot.changed', () => (read += 1));
  reader.emit('subscribe', { after: last - LIVE_REPLAY_EVENTS });
  let among = 0;
  const times: number[] = [];
  await until(
    async () => {
      times.push(await timeOfRequest());
      if (read > 0 && read < LIVE_REPLAY_EVENTS) among += 1;
      return read;
    },
    (events) => events >= LIVE_REPLAY_EVENTS,
    45_000,
    0,
  );
  expect(among).toBeGreaterThan(20);
  expect(medianOf(times) / alone).toBeLessThan(30);
  for (const client of deaf) expect(await client.bytesUntilClosed()).toBeLessThan(16 * 1024 ** 2);
});

test('one address has so many pages open, and one connection subscribes so often', async () => {
  const open = Array.from({ length: PAGES_PER_ADDRESS }, () => page());
  await Promise.all(open.map((socket) => heard(socket, 'connect')));
  expect(await heard<LiveProblem>(page(), 'problem')).toMatchObject({ code: 'too-many' });
  open[0]!.close();
  await heard(open[1]!.emit('subscribe'), 'subscribed');
  const next = page();
  next.emit('subscribe');
  await heard(next, 'subscribed');
  for (let count = 1; count <= SUBSCRIBES_PER_MINUTE; count += 1) next.emit('subscribe', { after: count });
  const [problem] = await Promise.all([heard<LiveProblem>(next, 'problem'), heard(next, 'disconnect')]);
  expect(problem).toMatchObject({ code: 'too-many' });
});

test.each(['/', '/admin', '/live/x', '/__proto__'])('the namespace %s lets nobody in', async (namespace) => {
  const refused = page(namespace);
  expect((await heard<Error>(refused, 'connect_error')).message).toMatch(/^(Connect to|Invalid namespace)/);
});

async function timeOfRequest(): Promise<number> {
  const since = performance.now();
  expect((await station.call('GET', '/api/v1/slots')).status).toBe(200);
  return performance.now() - since;
}
const medianOf = (times: number[]): number => times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
async function medianOfRequests(count: number): Promise<number> {
  const times: number[] = [];
  while (times.length < count) times.push(await timeOfRequest());
  return medianOf(times);
}
