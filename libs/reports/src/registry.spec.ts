import { REPORTS } from './registry.ts';
import type { Attempt } from './attempt.ts';

const ALL = { from: null, to: null };
const run = (board: string, outcome: Attempt['outcome'], minute: number): Attempt => ({
  ...{ board, outcome, recipe: 'blinky', slot: '1', workOrder: null },
  at: new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString(),
});
const HISTORY = [run('x', 'FAIL', 0), run('x', 'PASS', 1), run('y', 'ERROR', 2), run('z', 'ABORTED', 3)];

test('every report has a name of its own, in lower-case words with dashes', () => {
  const names = REPORTS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
});

describe.each(REPORTS.map((report) => [report.name, report] as const))('the %s report', (_name, report) => {
  const answerTo = (...parts: Attempt[][]): unknown => {
    const fold = report.fold(ALL);
    for (const part of parts) fold.add(part);
    return fold.report();
  };

  test.each([
    ['nothing', []],
    ['a history', HISTORY],
  ] as const)('answers %s as its schema says, and each row has its columns', (_what, history) => {
    const answer = answerTo([...history]);
    expect(report.answer.parse(answer)).toEqual(answer);
    for (const row of report.rowsOf(answer)) expect(report.row.parse(row)).toEqual(row);
  });

  test('counts the same however the history is cut', () => {
    expect(answerTo(...HISTORY.map((attempt) => [attempt]))).toEqual(answerTo(HISTORY));
  });

  test('takes a query without anything in it', () => {
    expect(report.query.safeParse({}).success).toBe(true);
  });
});
