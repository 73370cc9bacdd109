import { jest } from '@jest/globals';
import type { Job, Recipe } from '@boardwalk/contracts';
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connections } from './connections.ts';
import { DyingStation, wordsOf, type Commit, type Death } from './dying-station.ts';
import { expectRecordsAfterKill, RUNS, type RunRow } from './records-after-kill.ts';
import { until } from './running-station.ts';

/** `all`: before and after every commit of a batch, which takes about a quarter of an hour. */
const EVERY_COMMIT = process.env['BOARDWALK_KILLS'] === 'all';
const SEED = Number(process.env['BOARDWALK_KILL_SEED'] ?? 20_261_121);
/** Lives that end at any commit, beside those that end at each kind of commit. */
const SAMPLE = 4;
/** Kinds whose transaction joins several changes, or holds what PASS rests on: half of one must never be there. */
const JOINS_CHANGES = / \+ |^job\.created|^identity|verify passed/;
const SLOTS = ['1', '2', '3', '4'];
/**
 * A restart may cost the event loop this many times the processor time of an ordinary start, so that neither a busy nor a
 * slow machine is judged; boards that are taken up again cost their simulation other threads.
 */
const RESTART_COST = 1.5;
/** Enough that every slot is still at work when the last commit of the first four boards has come. */
const WAITING_UNITS = 2 * SLOTS.length;
/** More than a batch of which every kind of commit is known ever took. */
const MOST_BATCHES = 12;
const LOOK_EVERY_MS = 100;
const isLinux = process.platform === 'linux';

const pause = (ms: number): Promise<false> => new Promise((resolve) => setTimeout(() => resolve(false), ms));

jest.setTimeout(EVERY_COMMIT ? 3_600_000 : 1_200_000);

/** What was posted, and the id that was acknowledged, where an answer came. */
interface Posted {
  readonly body: string;
  id: string | null;
}

const data = mkdtempSync(join(tmpdir(), 'boardwalk-kill-'));
const station = new DyingStation(data, { BOARDWALK_VIRTUAL_BOARDS: SLOTS.map(() => 'f103c8').join(',') });
/** Processor time of a start where nothing was left half done. */
let ordinaryStartSeconds = 0;
/** The dearest restart, beside an ordinary start. */
let dearest = 0;
/** By their keys. */
const posted = new Map<string, Posted>();
const work = JSON.stringify({ recipe: { name: 'app' }, units: SLOTS.map((slot) => ({ slot })) });
/** Held, so that only runs keep the slots busy. */
const held = JSON.stringify({ recipe: { name: 'app' }, count: 1, hold: true });

afterAll(async () => {
  await station.end('SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

/** Posts a job under a key of its own; false where no answer came. */
async function post(connections: Connections, body: string): Promise<boolean> {
  const key = `key-${posted.size}`;
  const entry: Posted = { body, id: null };
  posted.set(key, entry);
  const answer = await connections.post('/jobs', body, { 'idempotency-key': key });
  if (!answer) return false;
  if (answer.status !== 201) throw new Error(`POST /jobs: ${answer.status} ${answer.body}`);
  entry.id = (JSON.parse(answer.body) as Job).id;
  return true;
}

/** An MES that goes on posting over four connections until the station is gone, or `signal` says so. */
async function postMeanwhile(connections: Connections, signal?: AbortSignal): Promise<void> {
  const line = async (): Promise<void> => {
    while (!signal?.aborted && (await post(connections, held)))
      await new Promise((resolve) => setTimeout(resolve, 100));
  };
  await Promise.all(Array.from({ length: 4 }, line));
}

function waitingUnits(): number {
  const sql = `select count(*) as count from "JobUnit" u join "Job" j on j.id = u.jobId
    where u.state = 'queued' and j.state in ('queued', 'running')`;
  return station.rows<{ count: number }>(sql)[0]!.count;
}

/** The commits of a batch of four boards that nobody disturbs, with an MES that posts meanwhile. */
async function unharmedBatch(): Promise<Commit[]> {
  const connections = new Connections(station, 5);
  const over = new AbortController();
  station.order(null);
  const posting = postMeanwhile(connections, over.signal);
  await post(connections, work);
  const { id } = [...posted.values()].find(({ body, id }) => body === work && id !== null)!;
  await until(
    () => station.json<Job>('GET', `/jobs/${id}`),
    ({ state }) => state === 'completed',
  );
  over.abort();
  await posting;
  connections.close();
  await station.end('SIGKILL');
  return station.takeJournal();
}

/**
 * The station works until it dies as ordered. @returns its last commit
 * @throws where so many boards went through it without that death
 */
async function lifeUntil(death: Death): Promise<Commit> {
  station.order(death);
  const connections = new Connections(station, 5);
  const posting = postMeanwhile(connections);
  const gone = station.gone().then(() => true);
  for (let posted = 0; posted < MOST_BATCHES;) {
    for (; waitingUnits() < WAITING_UNITS; posted += 1) if (!(await post(connections, work))) break;
    if (await Promise.race([gone, pause(LOOK_EVERY_MS)])) {
      await posting;
      connections.close();
      return station.takeJournal().at(-1)!;
    }
  }
  await station.end('SIGKILL');
  const names = [...new Set(station.takeJournal().map(({ name }) => name))];
  throw new Error(`No commit ${wordsOf(death)} (seed ${SEED}) among ${names.join(', ')}`);
}

/** Opens the station on what the dead one left, and judges it. */
async function restart({ when }: Death, { fatal, hashes }: Commit): Promise<void> {
  expect(fatal).toBe(true);
  // What was committed is there, what was not is not: no kill lands beside its commit.
  const quoted = hashes.map((hash) => `'${hash}'`).join();
  const found = station.rows(`select 1 from "Event" where hash in (${quoted})`);
  expect(found).toHaveLength(when === 'after' ? hashes.length : 0);
  const left = station.rows<RunRow>(RUNS);
  if (isLinux) {
    const ratio = await station.restartRatio(ordinaryStartSeconds, RESTART_COST);
    dearest = Math.max(dearest, ratio);
    expect(ratio).toBeLessThan(RESTART_COST);
  } else await station.start();
  const jobs = new Set(station.rows<{ id: string }>('select id from "Job"').map(({ id }) => id));
  const acknowledged = [...posted.values()].flatMap(({ id }) => (id === null ? [] : [id]));
  expect(acknowledged.filter((id) => !jobs.has(id))).toEqual([]);
  expect((await fetch(`${station.url}/readyz`)).status).toBe(200);
  expectRecordsAfterKill(station, left);
}

/** Says at which death an expectation failed. */
async function named(death: Death, fatal: Commit | null, judge: () => Promise<void>): Promise<void> {
  try {
    await judge();
  } catch (cause) {
    const { message } = cause as Error;
    const wrote = fatal ? `, which wrote “${fatal.name}”` : '';
    throw new Error(`Killed ${wordsOf(death)}${wrote} (seed ${SEED}): ${message}`, { cause });
  }
}

/** After a commit of each kind, before those that join changes, and some anywhere; or before and after every commit. */
function deathsIn(commits: readonly Commit[]): Death[] {
  const sides = (nth: number, of: string | null, both: boolean) => [
    ...(both ? [{ when: 'before', nth, of } as const] : []),
    { when: 'after', nth, of } as const,
  ];
  if (EVERY_COMMIT) return commits.flatMap((_, index) => sides(index + 1, null, true));
  const kinds = [...new Set(commits.map(({ name }) => name))];
  const nths = fc.sample(fc.nat(), { seed: SEED, numRuns: kinds.length });
  const ofKinds = kinds.flatMap((name, index) => {
    const occurrences = Math.min(SLOTS.length, commits.filter((commit) => commit.name === name).length);
    return sides(1 + (nths[index]! % occurrences), name, JOINS_CHANGES.test(name));
  });
  const any = fc.sample(fc.record({ at: fc.nat(), after: fc.boolean() }), { seed: SEED, numRuns: SAMPLE });
  const anywhere = any.map(
    ({ at, after }) =>
      ({ when: after ? 'after' : 'before', nth: 1 + (at % commits.length), of: null }) as const,
  );
  return [...ofKinds, ...anywhere];
}

test('kill -9 before and after each commit, with four slots busy: nothing is lost, doubled or called PASS unread', async () => {
  await station.start();
  const image = Uint8Array.from({ length: 3000 }, (_, i) => (i * 31) & 0xff);
  const { id } = await station.json<{ id: string }>('POST', '/images?name=a.bin&raw=true', image);
  const format = { prefix: 'K', width: 5 };
  await station.json('POST', '/serial-ranges', { name: 'sn', source: 'counter', format });
  const patches = [{ address: '0x0800fc00', encoding: 'ascii', bytes: 8, from: 'range', range: 'sn' }];
  await station.json<Recipe>('POST', '/recipes', { name: 'app', image: id, patches });

  const commits = await unharmedBatch();
  const deaths = deathsIn(commits);
  console.log(`${commits.length} commits in a batch of four boards; ${deaths.length} lives, seed ${SEED}.`);
  await station.start();
  await station.end('SIGINT');
  await station.start();
  await station.end('SIGINT');
  if (isLinux) ordinaryStartSeconds = await station.startAtCost();
  else await station.start();
  for (const death of deaths) {
    const fatal = await lifeUntil(death);
    await named(death, fatal, () => restart(death, fatal));
  }
  console.log(`The dearest restart cost ${dearest.toFixed(2)} times an ordinary start.`);

  // A start that is killed while it names what the former life left running.
  for (const when of ['before', 'after'] as const) {
    const atWork = { when, nth: 3, of: 'run.step 4 program running' };
    await lifeUntil(atWork);
    const atStart = { when, nth: 1, of: null };
    station.order(atStart);
    await expect(station.start()).rejects.toThrow(/ended with null/);
    const fatal = station.takeJournal().at(-1)!;
    expect(fatal.name).toMatch(/run\.completed/);
    await named(atStart, fatal, () => restart(atStart, fatal));
  }

  // A key whose answer never came is asked again: the job was stored with it, or is stored now.
  const connections = new Connections(station, 1);
  for (const [key, { body, id }] of posted) {
    const answer = await connections.post('/jobs', body, { 'idempotency-key': key });
    expect([key, answer?.status]).toEqual([key, 201]);
    const again = (JSON.parse(answer!.body) as Job).id;
    expect([key, again]).toEqual([key, id ?? again]);
    posted.get(key)!.id = again;
  }
  connections.close();
  const stored = station.rows<{ id: string }>('select id from "Job"').map(({ id }) => id);
  expect(stored.sort()).toEqual([...posted.values()].map(({ id }) => id).sort());
});
