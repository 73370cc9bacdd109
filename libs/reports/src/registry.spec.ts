import { REPORTS } from './registry.ts';
import type { ReportRun } from './lives/run.ts';
import { pageOf } from './lives/lives-of.ts';
import { boardsOf, historyOf } from './testing/made-history.ts';
import { madeStart } from './testing/made-ledger.ts';

const madeStartOf = ({ id, at, outcome, slot }: ReportRun) => madeStart({ id, at, outcome, slot });
const ALL = { from: null, to: null };
const HISTORY = historyOf([
  ...[
    { board: 1, outcome: 'FAIL' as const },
    { board: 1, outcome: 'PASS' as const },
  ],
  ...[
    { board: 2, outcome: 'ERROR' as const },
    { board: 3, outcome: 'ABORTED' as const },
  ],
]);

test('every report has a name of its own, in lower-case words with dashes', () => {
  const names = REPORTS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
});

describe.each(REPORTS.map((report) => [report.name, report] as const))('the %s report', (_name, report) => {
  /** Lives in parts of `size`, and so runs. */
  const answerTo = (history: readonly ReportRun[], size = history.length || 1): unknown => {
    const fold = report.fold(ALL);
    const { runs, lives } = pageOf(history);
    for (let at = 0; at < history.length; at += size) {
      if ('addBoards' in fold) fold.addBoards(boardsOf(runs).slice(at, at + size));
      else if ('addCodes' in fold) fold.addStarts(runs.slice(at, at + size).map(madeStartOf));
      else {
        fold.addRuns(runs.slice(at, at + size));
        fold.addLives(lives.slice(at, at + size));
      }
    }
    return fold.report();
  };

  test.each([
    ['nothing', []],
    ['a history', HISTORY],
  ] as const)('answers %s as its schema says, and each row has its columns', (_what, history) => {
    const answer = answerTo(history);
    expect(report.answer.parse(answer)).toEqual(answer);
    for (const { links: _links, ...columns } of report.rowsOf(answer) as Record<string, unknown>[])
      expect(report.row.parse(columns)).toEqual(columns);
  });

  test('counts the same however the history is cut', () => {
    expect(answerTo(HISTORY, 1)).toEqual(answerTo(HISTORY));
  });

  test('takes a query without anything in it', () => {
    expect(report.query.safeParse({}).success).toBe(true);
  });
});
