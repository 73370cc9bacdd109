import { DeafClient, frame, UPGRADE } from '../../apps/api/src/testing/deaf-client.ts';
import { expectStatus, head, line, lines, SOME, talk, type Attack, type Target } from './attack.ts';

const TEXT = 0x81;
/** A frame that says that more of its message follows. */
const UNFINISHED = 0x01;
const MIB = 1024 * 1024;
/** Connections that one address may have. */
const MOST_OPEN = 256;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const text = (...packets: readonly string[]): Buffer =>
  Buffer.concat(packets.map((packet) => frame(TEXT, Buffer.from(packet))));

/** Until the station ends the connection. */
const NOTHING = /(?!)/;
/** Longer than the station leaves a client that joins nothing, or breaks a rule, connected. */
const LONG_MS = 60_000;

/** RFC 6455 §5.5.1: the station says that it closes. */
const CLOSES = /\x88/;
const OPENED = /0\{"sid"/;
const JOINED = /40\/live/;

/** A websocket that sends this. @returns what the station said until it ended the connection, or said what is awaited */
const live = (to: Target, awaited: RegExp, ...parts: readonly Buffer[]): Promise<string> =>
  converse(to, awaited, [OPENED, Buffer.concat(parts)]);

/** Each part is sent once the station has said what it comes after: what comes earlier ends the connection. */
async function converse(to: Target, awaited: RegExp, ...parts: readonly [RegExp, Buffer][]): Promise<string> {
  const socket = await line(to);
  let heard = '';
  let over = false;
  socket.once('close', () => (over = true));
  socket.on('data', (chunk: Buffer) => {
    heard += chunk.toString('latin1');
    over ||= CLOSES.test(heard) || awaited.test(heard);
  });
  socket.write(UPGRADE);
  const since = performance.now();
  const waits = async (until: () => boolean): Promise<void> => {
    while (!over && !until() && performance.now() - since < LONG_MS) await pause(10);
  };
  for (const [after, part] of parts) {
    await waits(() => after.test(heard));
    if (!socket.destroyed) socket.write(part);
  }
  await waits(() => false);
  socket.destroy();
  if (!over) throw new Error(`The station left the connection open; it said: ${heard.slice(0, 400)}`);
  return heard;
}

const join = (token: string): string => `40/live,${JSON.stringify({ token })}`;
const subscribe = (body: object): string => `42/live,${JSON.stringify(['subscribe', body])}`;
const times = <Value>(count: number, make: (at: number) => Value): Value[] =>
  Array.from({ length: count }, (_, at) => make(at));

/** Connections that stay, come and go, or speak the websocket's language wrongly. */
export const SOCKETS: readonly Attack[] = [
  {
    ...{ name: '600 connections that say nothing', ...SOME },
    run: async (to) => {
      const open = await lines(to, 600);
      for (const socket of open) socket.resume();
      const left = (): number => open.filter((socket) => !socket.destroyed).length;
      const since = performance.now();
      while (left() > MOST_OPEN && performance.now() - since < LONG_MS) await pause(50);
      const stayed = left();
      for (const socket of open) socket.destroy();
      if (stayed > MOST_OPEN) throw new Error(`${stayed} connections of one address stayed open.`);
    },
  },
  {
    ...{ name: '2,000 connections that come and go', ...SOME },
    run: async (to) => {
      for (let turn = 0; turn < 40; turn += 1)
        for (const socket of await lines(to, 50)) socket.resetAndDestroy();
    },
  },
  {
    ...{ name: '200 connections that are half closed', ...SOME },
    run: async (to) => {
      const open = await lines(to, 200);
      for (const socket of open) socket.end('GET /api/v1/slots HTTP/1.1\r\n');
      await pause(500);
      for (const socket of open) socket.destroy();
    },
  },
  {
    ...{ name: 'two replays that nobody reads', ...SOME },
    run: async ({ host, port, operator }) => {
      const deaf = await Promise.all(times(2, () => DeafClient.open(`http://${host}:${port}`, operator)));
      for (const client of deaf) client.subscribe(0);
      await pause(2000);
      for (const client of deaf) client.end();
    },
  },
  {
    ...{ name: '300 namespaces that are none', ...SOME },
    run: async (to) => {
      const heard = await live(
        to,
        NOTHING,
        text(...times(300, (at) => `40/admin${at},{"token":"${to.operator}"}`)),
      );
      if (/40\/admin/.test(heard)) throw new Error(`A namespace let somebody in: ${heard.slice(0, 400)}`);
    },
  },
  {
    ...{ name: 'the root namespace', ...SOME },
    run: async (to) => {
      const heard = await live(to, /44\{/, text(`40${JSON.stringify({ token: to.operator })}`));
      if (!/44\{/.test(heard)) throw new Error(`The root namespace did not refuse: ${heard.slice(0, 400)}`);
    },
  },
  {
    ...{ name: '100 websockets with a wrong token', ...SOME },
    run: async (to) => {
      const heard = await Promise.all(
        times(100, () => live(to, NOTHING, text(join('wrong'), subscribe({ after: 0 })))),
      );
      if (heard.some((each) => /"subscribed"/.test(each))) throw new Error('A wrong token was let in.');
    },
  },
  {
    ...{ name: '100 websockets that join nothing', ...SOME },
    run: async (to) => void (await Promise.all(times(100, () => live(to, NOTHING)))),
  },
  {
    ...{ name: 'a storm of replays', ...SOME },
    run: async (to) => {
      const storm = text(...times(1000, () => subscribe({ after: 0 })));
      const heard = await converse(to, /too-many/, [OPENED, text(join(to.operator))], [JOINED, storm]);
      if (!/too-many/.test(heard)) throw new Error(`Nobody stopped 1,000 replays: ${heard.slice(0, 400)}`);
    },
  },
  {
    ...{ name: 'a message of 1 MiB', ...SOME },
    run: async (to) =>
      void (await live(to, NOTHING, text(join(to.operator), subscribe({ x: 'y'.repeat(MIB) })))),
  },
  {
    ...{ name: 'a message whose end never comes', ...SOME },
    run: async (to) =>
      void (await live(
        to,
        NOTHING,
        ...times(64, (at) => frame(at === 0 ? UNFINISHED : 0, Buffer.alloc(4096))),
      )),
  },
  {
    ...{ name: 'frames without a mask', ...SOME },
    run: async (to) => void (await live(to, NOTHING, Buffer.from([TEXT, 5, ...Buffer.from('40/li')]))),
  },
  {
    ...{ name: 'packets that are none', ...SOME },
    run: async (to) =>
      void (await live(
        to,
        NOTHING,
        text(
          join(to.operator),
          '42/live,[',
          '9',
          '4',
          '451-/live,["subscribe",{"_placeholder":true,"num":0}]',
          '43/live,999["x"]',
          '\ud800',
        ),
      )),
  },
  {
    ...{ name: '200 sessions of polling that nobody polls', ...SOME },
    run: async (to) => {
      const poll = head('GET', '/api/ws/?EIO=4&transport=polling', 'connection: close');
      for (let turn = 0; turn < 20; turn += 1)
        await Promise.all(times(10, async () => expectStatus('a poll', await talk(to, poll), 200)));
    },
  },
  {
    ...{ name: 'a poll of 1 MiB to a session that is none', ...SOME },
    run: async (to) => {
      const path = '/api/ws/?EIO=4&transport=polling&sid=none';
      const answer = await talk(to, head('POST', path, `content-length: ${MIB}`), Buffer.alloc(MIB));
      expectStatus('a session that is none', answer, 400, 404, 413, 0);
    },
  },
];
