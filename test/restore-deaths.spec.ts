import { jest } from '@jest/globals';
import { ANCHOR_FILE, finishRestore, openToRead, readAnchors, verifyDatabase } from '@boardwalk/records';
import Sqlite from 'better-sqlite3';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Account, Job, SerialRange } from '@boardwalk/contracts';
import { StationProcess, until } from './running-station.ts';

jest.setTimeout(1_200_000);

const CLI = fileURLToPath(new URL('../apps/cli/bin/boardwalk.mjs', import.meta.url));
const PRELOAD = pathToFileURL(join(import.meta.dirname, 'step-deaths.mjs')).href;

/** Every so manyth step of making the new file. */
const MAKING_STRIDE = 12;

let folder: string;
let station: StationProcess;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'boardwalk-restore-deaths-'));
  station = new StationProcess(join(folder, 'var'), { BOARDWALK_VIRTUAL_BOARDS: 'f103cb,f103c8' });
});
afterAll(async () => {
  await station.end('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly says: string;
}

/** The command line on the data folder `data`. */
async function boardwalk(args: string[], data: string, step?: string): Promise<Ended> {
  const dying = step && {
    NODE_OPTIONS: `--import ${PRELOAD}`,
    BOARDWALK_STEP: step,
    BOARDWALK_STEPS: join(folder, 'steps'),
  };
  const env = {
    ...process.env,
    BOARDWALK_DATA: data,
    BOARDWALK_PORT: '0',
    BOARDWALK_BENCH: 'virtual',
    ...dying,
  };
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let says = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (says += chunk.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { code, signal, says };
}

/** Flashes both boards with a serial each. */
async function flashBoth(image: string): Promise<void> {
  const job = await station.json<Job>('POST', '/jobs', {
    recipe: { name: 'app' },
    units: [{ slot: '1' }, { slot: '2' }],
  });
  await until(
    () => station.json<Job>('GET', `/jobs/${job.id}`),
    ({ state }) => state === 'completed',
  );
  expect(image).toMatch(/^[0-9a-f]{64}$/);
}

/** What must never be given a second time, and who is out. */
interface Facts {
  readonly generation: string;
  readonly next: number;
  readonly serials: string;
  readonly revoked: boolean;
}

function factsOf(data: string): Facts {
  const database = new Sqlite(join(data, 'boardwalk.db'));
  try {
    const pluck = (sql: string) => database.prepare(sql).pluck();
    return {
      generation: pluck('SELECT "id" FROM "Generation" ORDER BY "number" DESC').get() as string,
      next: pluck('SELECT "next" FROM "SerialRange"').get() as number,
      serials: JSON.stringify(
        pluck(`SELECT "value" || ' ' || "state" || ' ' || "uid" FROM "Serial" ORDER BY 1`).all(),
      ),
      revoked: pluck(`SELECT "revokedAt" IS NOT NULL FROM "Account" WHERE "name" = 'olga'`).get() === 1,
    };
  } finally {
    database.close();
  }
}

/** What the check of the record finds, its anchors too. */
function problemsOf(data: string): readonly string[] {
  const databaseFile = join(data, 'boardwalk.db');
  finishRestore({ folder: data, databaseFile });
  const database = openToRead(databaseFile);
  try {
    return verifyDatabase(database, readAnchors(join(data, ANCHOR_FILE))).problems;
  } finally {
    database.close();
  }
}

test('a restore that is killed at any step leaves the old record or the new one, whole; no serial is given twice and who was revoked stays out', async () => {
  await station.start();
  const bytes = Uint8Array.from({ length: 4000 }, (_, index) => (index * 31) & 0xff);
  const { id: image } = await station.json<{ id: string }>('POST', '/images?name=app.bin&raw=true', bytes);
  await station.json('POST', '/serial-ranges', {
    name: 'sn',
    source: 'counter',
    format: { prefix: 'A-', width: 5 },
    first: 1,
  });
  const patches = [{ from: 'range', range: 'sn', address: '0x08000100', encoding: 'ascii', bytes: 7 }];
  await station.json('POST', '/recipes', { name: 'app', image, patches });
  await station.json('POST', '/recipes/app/revisions/1/release', {}).catch(() => undefined);
  await station.json<Account>('POST', '/accounts', { name: 'olga', role: 'operator' });
  await flashBoth(image);
  const live = join(folder, 'var');
  expect((await boardwalk(['backup', 'night.boardwalk'], live)).code).toBe(0);
  await flashBoth(image);
  await station.json('POST', '/accounts/olga/revoke', {});
  expect((await station.json<SerialRange>('GET', '/serial-ranges/sn')).next).toBe('A-00005');
  await station.end('SIGTERM');

  const before = factsOf(live);
  const work = join(folder, 'work');
  const restoreIn = async (step: string) => {
    rmSync(work, { recursive: true, force: true });
    cpSync(live, work, { recursive: true });
    return boardwalk(['restore', 'night.boardwalk', '--yes'], work, step);
  };
  const whole = await restoreIn('count');
  expect([whole.code, whole.says]).toEqual([0, expect.stringContaining('Carried over')]);
  const steps = readFileSync(join(folder, 'steps'), 'utf8').split('\n');
  const touching = steps.findIndex((words) => words.includes('restore-promise.json'));
  expect(touching).toBeGreaterThan(10);

  const ends = { old: 0, new: 0 };
  // Until the promise only the file that is to be put in place is written: some of those steps stand for the others.
  const chosen = steps.flatMap((_, index) =>
    index >= touching - 2 || index % MAKING_STRIDE === 0 ? [`after ${index + 1}`] : [],
  );
  for (const step of ['before 1', ...chosen]) {
    const died = await restoreIn(step);
    expect([step, died.signal]).toEqual([step, 'SIGKILL']);
    const after = factsOf(work);
    ends[after.generation === before.generation ? 'old' : 'new'] += 1;
    expect([step, { ...after, generation: '' }]).toEqual([step, { ...before, generation: '' }]);
    expect([step, problemsOf(work)]).toEqual([step, []]);
    expect(existsSync(join(work, 'restore-promise.json'))).toBe(false);
  }
  console.info(
    `${steps.length} steps, deaths at ${chosen.length + 1} of them: ${ends.old} ended old, ${ends.new} new`,
  );
  expect(Math.min(ends.old, ends.new)).toBeGreaterThan(0);
});
