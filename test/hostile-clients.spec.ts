import { jest } from '@jest/globals';
import type { GivenToken, Image, Job, Role } from '@boardwalk/contracts';
import { openToRead, verifyDatabase } from '@boardwalk/records';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Attack, Target } from './hostile/attack.ts';
import { BODIES } from './hostile/bodies.ts';
import { HEADS } from './hostile/heads.ts';
import { SECRETS } from './hostile/secrets.ts';
import { SOCKETS } from './hostile/sockets.ts';
import { Witness } from './hostile/witness.ts';
import { StationProcess, until } from './running-station.ts';

jest.setTimeout(120_000);

const MIB = 1024 * 1024;
/** Requests of an ordinary client: enough for the compiler of the engine, and for a mean. */
const WARM = 300;
const MEASURED = 200;
/** A request and the pause behind it, at rest: timers of the station run in that too. */
const AT_REST = 5;
const ATTACKS: readonly Attack[] = [...HEADS, ...BODIES, ...SECRETS, ...SOCKETS];

let station: StationProcess;
let data: string;
let tokens: Record<'operator' | 'engineer', string>;
/** Processor time of the event loop for one request of an ordinary client, in seconds. */
let ordinary: number;

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'boardwalk-hostile-'));
  station = new StationProcess(data, { BOARDWALK_VIRTUAL_BOARDS: 'f103cb' });
  await station.start();
  const account = async (name: string, role: Role, badge?: string): Promise<string> => {
    await station.json('POST', '/accounts', { name, role, ...(badge ? { badge } : {}) });
    return (await station.json<GivenToken>('POST', `/accounts/${name}/tokens`)).token;
  };
  tokens = {
    operator: await account('olga', 'operator', 'OP-0815-olga'),
    engineer: await account('eva', 'engineer'),
  };
  await costOf(WARM);
  ordinary = await costOf(MEASURED);
});
afterAll(async () => {
  await station.end('SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

/** The mean cost of so many requests of the witness alone. */
async function costOf(requests: number): Promise<number> {
  const witness = new Witness(station, tokens.operator);
  for (let request = 0; request < requests; request += 1) await witness.ask();
  witness.close();
  return witness.costs().loop / requests;
}

/** Each attack comes from an address of its own: what one used up is not held against the next. */
function targetOf(index: number): Target {
  const { hostname: host, port } = new URL(station.url);
  return {
    host,
    port: Number(port),
    from: `127.0.${1 + Math.floor(index / 250)}.${2 + (index % 250)}`,
    ...tokens,
  };
}

test('at least forty kinds of hostile clients are known, each by one name', () => {
  expect(new Set(ATTACKS.map(({ name }) => name)).size).toBe(ATTACKS.length);
  expect(ATTACKS.length).toBeGreaterThanOrEqual(40);
});

test.each(ATTACKS.map((attack, index) => [attack.name, attack, index] as const))(
  '%s: others are served, for no more than it may cost',
  async (_name, { run, loop, wait, memoryMiB }, index) => {
    const witness = new Witness(station, tokens.operator);
    await witness.ask();
    const work = witness.work();
    await run(targetOf(index));
    witness.end();
    await work;
    await witness.settle(AT_REST * ordinary);
    witness.close();
    const costs = witness.costs();
    expect(costs.answers).toBeGreaterThanOrEqual(2);
    // The requests of the witness are a part of it.
    expect(costs.loop / ordinary - costs.answers).toBeLessThan(loop);
    expect(costs.wait / ordinary).toBeLessThan(wait);
    expect(costs.bytes / MIB).toBeLessThan(memoryMiB);
  },
);

test('after all of them every token is as it was, the station flashes a board, and its record is whole', async () => {
  for (const token of Object.values(tokens)) {
    const answer = await station.call('GET', '/api/v1/slots', undefined, {
      authorization: `Bearer ${token}`,
    });
    expect(answer.status).toBe(200);
  }
  expect(station.rows(`SELECT "name" FROM "Account" ORDER BY "name"`)).toEqual([
    { name: 'eva' },
    { name: 'olga' },
  ]);
  expect(station.rows(`SELECT 1 FROM "Job"`)).toEqual([]);
  const { id: image } = await station.json<Image>('POST', '/images?name=a.bin&raw=true', new Uint8Array(512));
  const { id } = await station.json<Job>('POST', '/jobs', { image, units: [{ slot: '1' }] });
  const { counts } = await until(
    () => station.json<Job>('GET', `/jobs/${id}`),
    ({ state }) => state === 'completed',
    60,
  );
  expect(counts.passed).toBe(1);
  expect(await station.end('SIGTERM')).toBe(0);
  const file = openToRead(join(data, 'boardwalk.db'));
  expect(verifyDatabase(file).problems).toEqual([]);
  file.close();
});
