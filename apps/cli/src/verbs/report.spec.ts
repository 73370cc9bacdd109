import { jest } from '@jest/globals';
import { migrate } from '@boardwalk/records';
import { REPORTS } from '@boardwalk/reports';
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
  database.exec(`INSERT INTO "Board" ("number", "serial", "uid", "state", "lastOutcome", "runs", "lastSequence", "lastSeenAt")
      VALUES (1, '00012', 'u1', 'free', 'PASS', 2, 2, '2026-11-20T12:03:00.000Z'),
        (2, '=1+1', 'u2', 'free', 'PASS', 1, 3, '2026-11-20T12:05:00.000Z');
    INSERT INTO "BoardSerial" ("board", "serial") VALUES (1, '00012'), (2, '=1+1');
    INSERT INTO "Job" ("id", "state", "recipeName", "recipeRevision", "image", "priority", "createdAt", "sequence")
      VALUES ('job_1', 'completed', 'app', 1, 'ab', 0, '2026-11-20T11:59:00.000Z', 1);
    INSERT INTO "WorkOrder" ("id", "state", "recipeName", "recipeRevision", "quantity", "lot", "createdAt")
      VALUES ('WO-1', 'open', 'app', 1, 10, 'L1', '2026-11-20T11:00:00.000Z')`);
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

test('every report for people fits a terminal of 110 columns, and names each row once in a line', async () => {
  for (const { name } of REPORTS) {
    const { code, out } = await said('report', name, '--file', file);
    expect([name, code]).toEqual([name, 0]);
    expect([name, out.split('\n').filter((line) => line.length > 110)]).toEqual([name, []]);
  }
  const { out } = await said('report', 'yield', '--file', file);
  const headings = out.split('\n').filter((line) => line.startsWith('recipe '));
  expect(headings.length).toBeGreaterThan(1);
  for (const line of headings) expect(line).not.toMatch(/ (?:key|recipe)\b/);
  const bySlot = (await said('report', 'yield', '--file', file, '--group-by', 'slot')).out;
  expect(bySlot).toMatch(/^slot +recipe +boards/);
});

test('a total that is no row of its table is said in words', async () => {
  const { out } = await said('report', 'recall', '--file', file);
  expect(out).toMatch(/^board +serial +uid/);
  expect(out).toContain('\nAll: known 2, unknown 0, runs 3.\n');
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

test('the shift ledger of a file counts the runs that started and ended, and says that both accounts agree', async () => {
  const { code, out } = await said('report', 'shift-ledger', '--file', file, '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    ...{ groupBy: 'shift', exceptions: [] },
    total: { codes: 0, boardsStarted: 3, boardsEnded: 3, running: 0, balanced: true },
  });
  expect((await said('report', 'shift-ledger', '--file', file, '--lot', 'B7')).code).toBe(3);
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

test.each<[verb: string, expected: (string | number)[], ...filters: string[]]>([
  ['runs', ['run_3', 'run_2'], 'outcome=PASS'],
  ['runs', ['run_1'], 'reason=verify-mismatch', 'slot=1'],
  ['runs', ['run_3', 'run_2'], 'reason='],
  ['runs', ['run_1'], 'life=passed-on-retest'],
  ['runs', ['run_1'], 'passedAfter=verify-mismatch'],
  ['runs', ['run_2', 'run_1'], 'board=1', 'attempt=any', 'from=2026-11-20', 'to=2026-11-20', 'image=ab'],
  ['runs', [], 'to=2026-11-19'],
  ['runs', ['run_3', 'run_2', 'run_1'], 'shift=2026-11-20 no shift'],
  ['runs', [], 'shift=2026-11-21 no shift'],
  ['runs', [], 'virtual=false'],
  ['boards', [2], 'serial==1+1'],
  ['boards', [1], 'uid=u1', 'recipe=app', 'from=2026-11-20T11:00:00Z'],
  ['boards', [], 'lot=B7'],
  ['jobs', ['job_1'], 'state=completed', 'from=2026-11-20T00:00:00Z'],
  ['jobs', [], 'workOrder=WO-2'],
  ['orders', ['WO-1'], 'lot=L1', 'recipe=app'],
  ['orders', [], 'supplier=Mouser'],
])('%s of a file are those that fit: %j', async (verb, expected, ...filters) => {
  const { code, out } = await said(verb, ...filters, '--file', file, '--json');
  expect(code).toBe(0);
  const { data } = JSON.parse(out) as { data: { id?: string; number?: number }[] };
  expect(data.map(({ id, number }) => id ?? number)).toEqual(expected);
});

test('a group that is none, a filter that the list does not have and one without a value are wrong usage', async () => {
  for (const argv of [
    ['report', 'yield', '--file', file, '--group-by', 'weather'],
    ['runs', 'weather=fine', '--file', file],
    ['runs', 'outcome=FINE', '--file', file],
    ['boards', 'cursor=x', '--file', file],
    ['runs', 'shift=night', '--file', file],
    ['runs', 'outcome'],
    ['report', 'weather'],
  ])
    expect([argv, (await said(...argv)).code]).toEqual([argv, 3]);
});
