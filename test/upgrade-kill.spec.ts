import { jest } from '@jest/globals';
import { openToRead, verifyDatabase } from '@boardwalk/records';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Job } from '@boardwalk/contracts';
import { History } from '../apps/api/src/testing/history.ts';
import { StationProcess } from './running-station.ts';

jest.setTimeout(600_000);

const RUNS = 4000;

let station: StationProcess;
let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'boardwalk-upgrade-'));
  new History(join(data, 'boardwalk.db'), 11).add(RUNS).close();
  station = new StationProcess(data, { BOARDWALK_VIRTUAL_BOARDS: 'f103cb,f103cb+empty' });
});
afterEach(async () => {
  await station.end('SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

interface Ready {
  readonly ready: boolean;
  readonly notes?: readonly string[];
}

/** Asks until an answer is as it should be; a wait that never ends says what it last saw. */
async function until<Seen>(
  what: string,
  look: () => Promise<Seen>,
  isSo: (seen: Seen) => boolean,
): Promise<Seen> {
  const end = Date.now() + 240_000;
  for (;;) {
    const seen = await look();
    if (isSo(seen)) return seen;
    if (Date.now() > end) throw new Error(`${what} did not come; last seen: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const readyz = async (): Promise<Ready> => (await (await station.call('GET', '/readyz')).json()) as Ready;
const upgradeOf = ({ notes = [] }: Ready): string | undefined =>
  notes.find((note) => note.startsWith('upgrade: '));

async function oneBoard(): Promise<Job> {
  const image = await station.call(
    'POST',
    '/api/v1/images?name=app.bin&at=0x08000000&raw=true',
    new Uint8Array(512).fill(1),
    {
      'content-type': 'application/octet-stream',
    },
  );
  const { id } = (await image.json()) as { id: string };
  const job = await station.json<Job>('POST', '/jobs', { image: id, count: 1 });
  return until(
    'the end of the job',
    () => station.json<Job>('GET', `/jobs/${job.id}`),
    ({ state }) => state === 'completed',
  );
}

test('an upgrade that SIGKILL ends goes on at the next start, shows its progress, and boards are made meanwhile', async () => {
  await station.start();
  const shown = upgradeOf(
    await until('progress on /readyz', readyz, (ready) => upgradeOf(ready) !== undefined),
  );
  expect(shown).toMatch(/^upgrade: [\d,]+ of 4,000 runs/);
  const counted = (): number =>
    station.rows<{ counted: number }>(`SELECT "counted" FROM "Upgrade" WHERE "name" = 'run-numbers'`)[0]
      ?.counted ?? 0;
  await until(
    'a page',
    () => Promise.resolve(counted()),
    (pages) => pages >= 400,
  );
  await station.end('SIGKILL');
  expect(counted()).toBeLessThan(RUNS);
  const left = station.rows<{ left: number }>(`SELECT count(*) AS left FROM "Run" WHERE "board" IS NULL`)[0]!
    .left;
  expect(left).toBeGreaterThan(0);

  await station.start();
  expect((await oneBoard()).counts.passed).toBe(1);
  await until('the end of the upgrade', readyz, (ready) => upgradeOf(ready) === undefined);
  expect(await station.end('SIGTERM')).toBe(0);
  const wrong = station.rows(`SELECT r."id" FROM "Run" r WHERE r."board" IS NULL OR r."sequence" IS NOT (
    SELECT e."id" FROM "Event" e WHERE e."subject" = 'run/' || r."id" AND e."type" = 'run.started')`);
  expect(wrong).toEqual([]);
  const file = openToRead(join(data, 'boardwalk.db'));
  expect(verifyDatabase(file).firstBad).toBeNull();
  file.close();
});
