import { folded, historyOf, type Told } from '../testing/made-history.ts';
import type { ReportWindow } from '../window.ts';
import type { FailuresReport } from './columns.ts';
import { FailuresFold } from './fold.ts';

const ALL: ReportWindow = { from: null, to: null };
const minute = (index: number): string => new Date(Date.UTC(2026, 0, 1, 0, index)).toISOString();
const failuresOf = (told: readonly Told[], window: ReportWindow = ALL): FailuresReport =>
  folded(new FailuresFold(window), historyOf(told), window);

/** A run a minute, from minute 0 on. */
const NINE: readonly Told[] = [
  { board: 1, outcome: 'FAIL', reason: 'verify-mismatch', slot: '1', lot: 'L1' },
  { board: 1, outcome: 'FAIL', reason: 'no-target', slot: '2', lot: 'L1' },
  { board: 1, outcome: 'PASS', slot: '1', lot: 'L1' },
  { board: 2, outcome: 'FAIL', reason: 'verify-mismatch', slot: '2', lot: 'L2' },
  { board: 3, outcome: 'ERROR', reason: 'probe-lost', slot: '1' },
  { board: 3, outcome: 'PASS', slot: '1' },
  { board: 4, outcome: 'ABORTED', reason: 'verify-mismatch', slot: '1' },
  { board: 5, outcome: 'PASS', slot: '2' },
  { board: 2, outcome: 'FAIL', reason: 'verify-mismatch', slot: '10', lot: 'L2' },
];

test('each reason has its boards, its runs, when it was first and last seen, its slots and its lots', () => {
  const [row] = failuresOf(NINE).rows;
  expect(row).toMatchObject({
    ...{ reason: 'verify-mismatch', boards: 2, runs: 3, firstSeen: minute(0), lastSeen: minute(8) },
    passedOnRetest: { count: 1, of: 2, share: 0.5 },
    slots: { 1: 1, 2: 1, 10: 1 },
    lots: { L1: 1, L2: 2 },
  });
});

test('the most frequent reason comes first, equal ones come by name, and an aborted run is no failure', () => {
  const { rows, total } = failuresOf(NINE);
  expect(rows.map(({ reason, runs, boards }) => [reason, runs, boards])).toEqual([
    ['verify-mismatch', 3, 2],
    ['no-target', 1, 1],
    ['probe-lost', 1, 1],
  ]);
  expect(total).toMatchObject({ reason: 'all', runs: 5, boards: 3, passedOnRetest: { count: 2, of: 3 } });
});

test('runs go by their own time, boards by that of their first attempt, and a later retest still counts', () => {
  const { rows } = failuresOf(NINE, { from: minute(1), to: minute(8) });
  expect(
    rows.map(({ reason, runs, boards, passedOnRetest: { share } }) => [reason, runs, boards, share]),
  ).toEqual([
    ['probe-lost', 1, 1, 1],
    ['verify-mismatch', 1, 1, 0],
    ['no-target', 1, 0, null],
  ]);
});

test('passed on retest needs a PASS after the failure, without a repair between', () => {
  const { total } = failuresOf([
    ...([
      { board: 1, outcome: 'FAIL' },
      { board: 1, outcome: 'PASS', life: 2 },
    ] as const),
    ...([
      { board: 2, outcome: 'PASS' },
      { board: 2, outcome: 'FAIL' },
    ] as const),
    ...([
      { board: 3, outcome: 'TIMEOUT' },
      { board: 3, outcome: 'PASS' },
    ] as const),
  ]);
  expect(total.passedOnRetest).toMatchObject({ count: 1, of: 3 });
});

test('a failure without a reason has a row of its own, which links to runs without one', () => {
  const { rows } = failuresOf([{ board: 1, outcome: 'ERROR' }]);
  expect(rows).toMatchObject([{ reason: null, runs: 1, slots: { 1: 1 }, lots: {} }]);
  expect(rows[0]!.links['runs']).toBe('/api/v1/runs?attempt=any&fault=any&reason=');
});

test('without a failure there is no row, and no share of nothing', () => {
  const { rows, total } = failuresOf([{ board: 1, outcome: 'PASS' }]);
  expect(rows).toEqual([]);
  expect(total).toMatchObject({
    boards: 0,
    runs: 0,
    firstSeen: null,
    passedOnRetest: { of: 0, share: null },
  });
});
