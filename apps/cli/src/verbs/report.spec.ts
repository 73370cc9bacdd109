import { jest } from '@jest/globals';
import { migrate } from '@boardwalk/records';
import Sqlite from 'better-sqlite3';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../main.ts';

let folder: string;
let file: string;
const RUN = `INSERT INTO "Run" ("id", "jobId", "slot", "portPath", "recipeName", "recipeRevision", "imageSha256", "serial",
  "uid", "startedAt", "finishedAt", "outcome", "reason", "station", "stationVersion", "virtual", "sequence", "board", "life", "attempt")
  VALUES (?, 'job_1', '1', '1-1', 'app', 1, 'ab', ?, ?, ?, ?, ?, ?, 's', '1', 1, ?, ?, 1, ?)`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'boardwalk-report-verb-'));
  file = join(folder, 'boardwalk.db');
  migrate(file);
  const database = new Sqlite(file);
  const run = database.prepare(RUN);
  const at = (minute: number): string => new Date(Date.UTC(2026, 10, 20, 12, minute)).toISOString();
  run.run('run_1', '00012', 'u1', at(0), at(1), 'FAIL', 'verify-mismatch', 1, 1, 1);
  run.run('run_2', '00012', 'u1', at(2), at(3), 'PASS', null, 2, 1, 2);
  run.run('run_3', '=1+1', 'u2', at(4), at(5), 'PASS', null, 3, 2, 1);
  database.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The output of a command, and its exit code. */
async function said(...argv: string[]): Promise<{ code: number; out: string; error: string }> {
  const spoken = { out: '', error: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    jest.spyOn(process[name], 'write').mockImplementation((text) => {
      spoken[name === 'stdout' ? 'out' : 'error'] += String(text);
      return true;
    }),
  );
  try {
    return { code: await main(argv), ...spoken };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

test('a report of a file is a table with counts, intervals, rules and the event it is as of', async () => {
  const { code, out } = await said('report', 'yield', '--file', file);
  expect(code).toBe(0);
  expect(out).toMatch(/^recipe +boards +runs +firstPass/);
  expect(out).toContain('1/2 50.0 % (9.5 to 90.5)');
  expect(out).toContain('As of event 0 of gen_');
  expect(out).toContain('A board is a chip.');
});

test('with --json it is one document, and with --csv a table for programs; the file is not changed', async () => {
  const before = readFileSync(file);
  const json = await said('report', 'failures', '--file', file, '--json');
  expect(JSON.parse(json.out)).toMatchObject({
    total: { boards: 1, runs: 1, passedOnRetest: { count: 1, of: 1 } },
  });
  const { out } = await said('report', 'recall', '--file', file, '--csv');
  expect(out.split('\r\n')[0]).toBe('serial,uid,lastOutcome,runs,firstAt,lastAt,slot,workOrder,board');
  expect(out).toContain("'=1+1");
  expect(readFileSync(file).equals(before)).toBe(true);
});

test('lists of a file are tables, the newest first', async () => {
  const { code, out } = await said('runs', '--file', file);
  expect(code).toBe(0);
  expect(
    out
      .split('\n')
      .slice(1, 4)
      .map((line) => line.split(' ')[0]),
  ).toEqual(['run_3', 'run_2', 'run_1']);
  for (const verb of ['boards', 'jobs', 'orders'])
    expect(await said(verb, '--file', file, '--json')).toMatchObject({
      code: 0,
      out: expect.stringContaining('"data"') as string,
    });
});

test('a group that is none, a filter of a file and a filter without a value are wrong usage', async () => {
  for (const argv of [
    ['report', 'yield', '--file', file, '--group-by', 'weather'],
    ['runs', 'outcome=FAIL', '--file', file],
    ['runs', 'outcome'],
    ['report', 'weather'],
  ])
    expect([argv, (await said(...argv)).code]).toEqual([argv, 3]);
});
