import { jest } from '@jest/globals';
import { openToRead, ReportSource } from '@boardwalk/records';
import { answerReport, REPORTS } from '@boardwalk/reports';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tellDoubts, tellShifts } from '../testing/told-doubts.ts';
import { tellScans } from '../testing/told-scans.ts';
import { toldHistory, writeHistory } from '../testing/told-history.ts';

jest.setTimeout(600_000);

const SCRIPT = fileURLToPath(new URL('../../../../docs/recompute.mjs', import.meta.url));
const SEED = Number(process.env['BOARDWALK_REPORT_SEED'] ?? 20261127);
/** `BOARDWALK_RECOMPUTE=100000` compares histories of this size. */
const RUNS = Number(process.env['BOARDWALK_RECOMPUTE'] ?? 1500);

type Row = Readonly<Record<string, unknown>>;
interface Counted {
  readonly rows: readonly Row[];
  readonly total: Row;
  /** Of the report of identities. */
  readonly evidence?: unknown;
}
type Recompute = (file: string, report: string, asked: object) => Counted;

let folder: string;
let file: string;
let recompute: Recompute;
beforeAll(async () => {
  console.log(`BOARDWALK_REPORT_SEED=${SEED}, ${RUNS} runs`);
  folder = mkdtempSync(join(tmpdir(), 'boardwalk-recompute-'));
  file = join(folder, 'boardwalk.db');
  writeHistory(file, toldHistory({ runs: RUNS, seed: SEED, apart: 200 }));
  tellShifts(file);
  tellDoubts(file);
  tellScans(file);
  recompute = ((await import(SCRIPT)) as { recompute: Recompute }).recompute;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The counts of a value as the script writes them: a share as its count and its n. */
function countsOf(value: unknown): unknown {
  const share = value as { count: number; of: number } | null;
  return typeof share === 'object' && share !== null && 'of' in share ? [share.count, share.of] : value;
}

/** A row of the report with the columns of the script's row. */
function narrowed(row: Row, like: Row): Row {
  return Object.fromEntries(Object.keys(like).map((name) => [name, countsOf(row[name])]));
}
const inOrder = (rows: readonly Row[]): string[] =>
  rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort();

async function answerOf(name: string, query: object): Promise<Counted> {
  const report = REPORTS.find((each) => each.name === name)!;
  const source = new ReportSource(openToRead(file));
  try {
    const asked = report.query.parse(query);
    return (await answerReport(report, asked, source, { timeZone: 'Europe/Berlin' })) as unknown as Counted;
  } finally {
    source.close();
  }
}

const GROUPED: ReadonlySet<string> = new Set(['yield', 'cycle-time', 'clones', 'shift-ledger', 'control']);
const MIDDLE = { from: '2026-10-25T00:30:00.000Z', to: '2026-10-26T12:00:00.000Z' };

test.each([
  ...['recipe', 'workOrder', 'lot', 'supplier', 'slot', 'operator', 'shift', 'day'].map(
    (by) => ['yield', by] as const,
  ),
  ...['shift', 'day', 'operator'].map((by) => ['shift-ledger', by] as const),
  ...['lot', 'supplier', 'workOrder', 'recipe', 'day'].map((by) => ['clones', by] as const),
  ...[['failures', 'reason'] as const, ['slots', 'slot'] as const, ['recall', 'board'] as const],
  ...[['cycle-time', 'recipe'] as const, ['cycle-time', 'slot'] as const],
  ...[['control', 'slot'] as const, ['control', 'lot'] as const],
])('every count of the %s report by %s comes out of the raw rows too', async (name, groupBy) => {
  for (const window of [{}, MIDDLE]) {
    const query = { ...window, ...(GROUPED.has(name) ? { groupBy } : {}) };
    const [answer, again] = [
      await answerOf(name, query),
      recompute(file, name, { ...query, timeZone: 'Europe/Berlin' }),
    ];
    expect(again.rows.length).toBeGreaterThan(1);
    const like = again.rows[0]!;
    expect(inOrder(answer.rows.map((row) => narrowed(row, like)))).toEqual(inOrder(again.rows));
    expect(narrowed(answer.total, again.total)).toEqual(again.total);
  }
});

test('the evidence of the identities comes out of the raw rows too', async () => {
  const { evidence } = await answerOf('clones', {});
  const counts = (evidence as { finding: string; boards: number }[]).map(({ finding, boards }) => [
    finding,
    boards,
  ]);
  expect(Object.fromEntries(counts)).toEqual(recompute(file, 'clones', {}).evidence);
  expect(counts.length).toBeGreaterThan(1);
});

test('the script is short and imports nothing of the project', () => {
  const text = readFileSync(SCRIPT, 'utf8');
  expect(text.split('\n').length).toBeLessThan(400);
  const imports = [...text.matchAll(/from '([^']+)'/g)].map(([, name]) => name);
  expect(imports).toEqual(['better-sqlite3', 'node:url']);
});
