import { folded, historyOf, type Told } from '../testing/made-history.ts';
import type { ReportWindow } from '../window.ts';
import type { RecallReport } from './columns.ts';
import { RecallFold } from './fold.ts';

const ALL: ReportWindow = { from: null, to: null };
const minute = (index: number): string => new Date(Date.UTC(2026, 0, 1, 0, index)).toISOString();
const recallOf = (told: readonly Told[], window: ReportWindow = ALL): RecallReport =>
  folded(new RecallFold(window), historyOf(told), window);

test('a board is listed once, with its runs and what its latest one was', () => {
  const { rows, total } = recallOf([
    { board: 2, outcome: 'PASS', uid: 'u2', serial: 'B2', slot: '4' },
    { board: 1, outcome: 'FAIL', uid: 'u1', serial: 'B1', slot: '4', workOrder: 'WO-1' },
    { board: 1, outcome: 'PASS', uid: 'u1', serial: 'B1', slot: '5', workOrder: 'WO-2' },
  ]);
  expect(rows).toMatchObject([
    {
      ...{ board: 1, uid: 'u1', serial: 'B1', lastOutcome: 'PASS', runs: 2, slot: '5', workOrder: 'WO-2' },
      ...{ firstAt: minute(1), lastAt: minute(2) },
    },
    { board: 2, lastOutcome: 'PASS', runs: 1, slot: '4', workOrder: null },
  ]);
  expect(total).toMatchObject({ known: 2, unknown: 0, runs: 3 });
});

test('the latest run is that of the record, also where the wall clock was set back', () => {
  const { rows } = recallOf([
    { board: 1, outcome: 'FAIL', uid: 'u1', at: minute(60) },
    { board: 1, outcome: 'PASS', uid: 'u1', at: minute(30) },
  ]);
  expect(rows).toMatchObject([{ lastOutcome: 'PASS', firstAt: minute(30), lastAt: minute(60) }]);
});

test('runs that come by their time and not by the record still name the record’s latest', () => {
  const [first, second] = historyOf([
    { board: 1, outcome: 'FAIL', uid: 'u1', at: minute(60) },
    { board: 1, outcome: 'PASS', uid: 'u1', at: minute(30) },
  ]);
  const fold = new RecallFold(ALL);
  fold.addRuns([second!, first!]);
  expect(fold.report().rows).toMatchObject([{ lastOutcome: 'PASS', runs: 2 }]);
});

test('an aborted run counts, because it may have changed the flash', () => {
  const { rows, total } = recallOf([{ board: 1, outcome: 'ABORTED', uid: 'u1' }]);
  expect([rows.map(({ lastOutcome }) => lastOutcome), total.known]).toEqual([['ABORTED'], 1]);
});

test('a serial or unique id that the latest run did not read stays known', () => {
  const { rows, total } = recallOf([
    { board: 1, outcome: 'PASS', uid: 'u1', serial: 'B1' },
    { board: 1, outcome: 'ERROR', serial: 'B1' },
  ]);
  expect(rows).toMatchObject([{ uid: 'u1', serial: 'B1', lastOutcome: 'ERROR' }]);
  expect(total.unknown).toBe(1);
});

test('a run without unique id and serial is of no board in the list, and it is counted as unknown', () => {
  const { rows, total } = recallOf([
    { board: 1, outcome: 'ERROR' },
    { board: 2, outcome: 'PASS', serial: 'B2' },
    { board: 3, outcome: 'PASS', uid: 'u3' },
  ]);
  expect(rows.map(({ board }) => board)).toEqual([2, 3]);
  expect(total).toMatchObject({ known: 2, unknown: 2, runs: 3 });
});

test('only runs of the window count', () => {
  const told: Told[] = [
    { board: 1, outcome: 'PASS', uid: 'u1' },
    { board: 2, outcome: 'PASS', uid: 'u2' },
    { board: 1, outcome: 'FAIL', uid: 'u1' },
  ];
  const { rows, total } = recallOf(told, { from: minute(0), to: minute(2) });
  expect(rows.map(({ board, runs, lastOutcome }) => [board, runs, lastOutcome])).toEqual([
    [1, 1, 'PASS'],
    [2, 1, 'PASS'],
  ]);
  expect(total.links['unknown']).toBe(
    `/api/v1/runs?${new URLSearchParams({ from: minute(0), to: minute(2), uid: '', counted: 'true' }).toString()}`,
  );
});
