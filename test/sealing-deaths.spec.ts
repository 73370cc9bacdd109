import { jest } from '@jest/globals';
import { openToRead, verifyDatabase } from '@boardwalk/records';
import Sqlite from 'better-sqlite3';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { History } from '../apps/api/src/testing/history.ts';
import { wordsOf, type Death } from './dying-station.ts';

jest.setTimeout(300_000);

/** Runs of an earlier version: enough for some dozens of steps. */
const RUNS = 1500;
/** As commit-deaths.mjs names the commit of a step, and of the event that ends the sealing. */
const STEP = 'INSERT OR + UPDATE Sealing';
const END = 'INSERT INTO Event';
const DEATHS: readonly Death[] = [
  { when: 'before', nth: 1, of: STEP },
  { when: 'after', nth: 1, of: STEP },
  { when: 'before', nth: 5, of: STEP },
  { when: 'after', nth: 5, of: STEP },
  { when: 'after', nth: 9, of: STEP },
  { when: 'before', nth: 1, of: END },
  { when: 'after', nth: 1, of: END },
];

const PRELOAD = pathToFileURL(join(import.meta.dirname, 'commit-deaths.mjs')).href;
const SEAL = fileURLToPath(new URL('seal-record.mjs', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'boardwalk-sealing-deaths-'));
const path = join(folder, 'boardwalk.db');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Seals in a process of its own until that dies. @returns the signal that ended it */
async function seal(death: Death | null): Promise<NodeJS.Signals | null> {
  writeFileSync(join(folder, 'orders.json'), JSON.stringify(death ?? {}));
  const child = spawn(process.execPath, ['--import', PRELOAD, SEAL, path], {
    env: { ...process.env, BOARDWALK_DEATHS: folder },
    stdio: 'inherit',
  });
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  if (signal === null) expect(code).toBe(0);
  return signal;
}

function read(sql: string): unknown[] {
  const file = new Sqlite(path, { readonly: true });
  try {
    return file.prepare(sql).pluck().all();
  } finally {
    file.close();
  }
}
const sealed = (): number => Number(read('SELECT count(*) FROM "Sealed"')[0]);
const ends = (): unknown[] => read(`SELECT "id" FROM "Event" WHERE "type" = 'record.sealed'`);

test('a sealing of older rows that is killed at any step goes on from there, ends once, and the record is whole', async () => {
  new History(path).add(RUNS).place().close();
  const counts: number[] = [];
  for (const death of DEATHS) {
    expect([wordsOf(death), await seal(death)]).toEqual([wordsOf(death), 'SIGKILL']);
    counts.push(sealed());
  }
  expect(counts).toEqual(counts.toSorted((one, other) => one - other));
  // A step that was committed is never done again.
  expect(new Set(counts.slice(0, 5)).size).toBeGreaterThanOrEqual(4);
  expect(ends()).toHaveLength(1);
  expect(await seal(null)).toBeNull();
  expect(ends()).toHaveLength(1);
  const file = openToRead(path);
  const report = verifyDatabase(file);
  file.close();
  expect(report.problems).toEqual([]);
  expect(report.rowsCovered!.sealed!.rows).toBe(sealed());
  expect(sealed()).toBeGreaterThan(3 * RUNS);
});
