import { jest } from '@jest/globals';
import Sqlite from 'better-sqlite3';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StationProcess } from './running-station.ts';

jest.setTimeout(240_000);

const RUNS = 1200;
const SEED = 7;
const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'boardwalk-history-'));
  console.log(`seed ${SEED}, ${RUNS} runs`);
  expect(await made('one')).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The exit code of a program of the project. */
async function ended(...argv: string[]): Promise<number | null> {
  const child = spawn(process.execPath, argv, {
    env: { ...process.env, BOARDWALK_DATA: folder },
    stdio: 'ignore',
  });
  return ((await once(child, 'close')) as [number | null])[0];
}

const made = (name: string): Promise<number | null> =>
  ended(
    ...[at('scripts/history.mjs'), '--data', join(folder, name), '--runs', `${RUNS}`, '--seed', `${SEED}`],
  );

function rowsOf(name: string, sql: string): unknown[] {
  const file = new Sqlite(join(folder, name, 'boardwalk.db'), { readonly: true });
  try {
    return file.prepare(sql).all();
  } finally {
    file.close();
  }
}

test('the chain of a made history is whole, and every row is as the chain says', async () => {
  const file = join(folder, 'one', 'boardwalk.db');
  expect(await ended(at('apps/cli/bin/boardwalk.mjs'), 'audit', 'verify', file)).toBe(0);
  const forged = join(folder, 'forged.db');
  writeFileSync(forged, readFileSync(file));
  const database = new Sqlite(forged);
  database.exec(`UPDATE "Run" SET "outcome" = 'PASS' WHERE "outcome" = 'FAIL'`);
  database.close();
  expect(await ended(at('apps/cli/bin/boardwalk.mjs'), 'audit', 'verify', forged)).toBe(1);
});

test('the same seed makes the same history, with retests, failures and aborted runs', async () => {
  expect(await made('two')).toBe(0);
  for (const table of ['Run', 'Board', 'BoardAttempts', 'OrderBoard', 'WorkOrder'])
    expect(rowsOf('two', `SELECT * FROM "${table}"`)).toEqual(rowsOf('one', `SELECT * FROM "${table}"`));
  const [counts] = rowsOf(
    'one',
    `SELECT count(*) AS runs, sum("attempt" > 1) AS retests, sum("outcome" = 'FAIL') AS failures,
      sum("outcome" = 'ABORTED') AS aborted FROM "Run"`,
  ) as Record<string, number>[];
  expect(counts!['runs']).toBe(RUNS);
  for (const number of ['retests', 'failures', 'aborted']) expect(counts![number]).toBeGreaterThan(0);
});

test('a folder with a record is left alone', async () => {
  expect(await made('one')).toBe(3);
});

test('a station opens the folder, and its reports count the runs', async () => {
  const station = new StationProcess(join(folder, 'one'), { BOARDWALK_VIRTUAL_BOARDS: 'f103c8+empty' });
  try {
    await station.start();
    const { total } = await station.json<{ total: { runs: number; aborted: number } }>(
      'GET',
      '/reports/yield?groupBy=day',
    );
    expect(total.runs + total.aborted).toBe(RUNS);
    const { board } = await station.json<{ board: { lastOutcome: string } }>('GET', '/boards/1?by=number');
    expect(board.lastOutcome).toBe('PASS');
  } finally {
    await station.end('SIGTERM');
  }
});
