import type { Outcome } from '@boardwalk/contracts';
import { folded, historyOf, type Told } from '../testing/made-history.ts';
import type { ReportWindow } from '../window.ts';
import type { SlotsReport } from './columns.ts';
import { SlotsFold } from './fold.ts';

const ALL: ReportWindow = { from: null, to: null };
const slotsOf = (told: readonly Told[], window: ReportWindow = ALL): SlotsReport =>
  folded(new SlotsFold(window), historyOf(told), window);

let next = 0;
beforeEach(() => (next = 0));
const boards = (count: number, slot: string, outcome: Outcome): Told[] =>
  Array.from({ length: count }, () => ({ board: ++next, outcome, slot }));

test('p is Fisher’s exact test of a slot against the others, adjusted by Holm', () => {
  const { rows, total } = slotsOf([
    ...[...boards(10, '1', 'PASS'), ...boards(10, '1', 'FAIL')],
    ...boards(20, '2', 'PASS'),
  ]);
  // The table 10 10 / 20 0 and its mirror are the least probable of all with these margins: C(20,10) of C(40,30) each.
  const p = (2 * 184_756) / 847_660_528;
  // Two tests: Holm doubles the smaller one, and the other is at least as large.
  expect(rows.map(({ slot }) => slot)).toEqual(['1', '2']);
  for (const row of rows) {
    expect(row.p).toBeCloseTo(2 * p, 12);
    expect(row.note).toBeNull();
  }
  expect(total).toMatchObject({ slot: 'all', p: null, note: null, boards: 40 });
});

test('slots without any difference have p = 1', () => {
  const { rows } = slotsOf([...boards(20, '1', 'PASS'), ...boards(20, '2', 'PASS')]);
  expect(rows.map(({ p }) => p)).toEqual([1, 1]);
});

test('a slot with fewer than 20 boards is not compared, nor one against fewer than 20 others', () => {
  const { rows } = slotsOf([...boards(20, '1', 'PASS'), ...boards(19, '2', 'FAIL')]);
  expect(rows.map(({ p, note }) => [p, note])).toEqual([
    [null, 'not enough data'],
    [null, 'not enough data'],
  ]);
});

test('a slot that is not compared does not count as a test', () => {
  const { rows } = slotsOf([
    ...boards(20, '1', 'PASS'),
    ...boards(19, '2', 'PASS'),
    ...boards(1, '3', 'FAIL'),
  ]);
  // The one FAIL of 40 boards is in either half with equal probability, so no table is less probable: 1, not 2 × 1.
  expect(rows.map(({ slot, p }) => [slot, p])).toEqual([
    ['1', 1],
    ['2', null],
    ['3', null],
  ]);
});

test('boards go by the slot of their first attempt, attempts by their own', () => {
  const { rows } = slotsOf([
    { board: 1, outcome: 'FAIL', slot: '10' },
    { board: 1, outcome: 'PASS', slot: '2' },
    { board: 2, outcome: 'ERROR', slot: '2' },
    { board: 3, outcome: 'ABORTED', slot: '2' },
  ]);
  expect(
    rows.map((row) => [row.slot, row.boards, row.runs, row.stationErrors, row.passedOnRetest.count]),
  ).toEqual([
    ['2', 1, 2, 1, 0],
    ['10', 1, 1, 0, 1],
  ]);
});

/** A run of slot 1 that begins at 00:00 and takes so many seconds. */
const lasting = (seconds: number, outcome: Outcome, voltage: number | null): Told => ({
  ...{ board: ++next, outcome, voltage, at: '2026-01-01T00:00:00.000Z' },
  finishedAt: new Date(Date.UTC(2026, 0, 1, 0, 0, seconds)).toISOString(),
});

test('the median time is of attempts that passed, voltages are of all attempts', () => {
  const { rows } = slotsOf([
    ...[lasting(10, 'PASS', 3.1), lasting(40, 'PASS', 3.4), lasting(20, 'PASS', 3.2)],
    ...[lasting(90, 'FAIL', 3.3), lasting(90, 'ABORTED', 1.2), lasting(90, 'FAIL', null)],
  ]);
  expect(rows).toMatchObject([{ medianSeconds: 20, voltageMedian: 3.25, voltageMin: 3.1 }]);
});

test('the port is that of the slot’s latest run in the order of the record', () => {
  const { rows } = slotsOf([
    { board: 1, outcome: 'PASS', port: '1-1', at: '2026-01-02T00:00:00.000Z' },
    { board: 2, outcome: 'PASS', port: '1-4.2', at: '2026-01-01T00:00:00.000Z' },
  ]);
  expect(rows.map(({ port }) => port)).toEqual(['1-4.2']);
});

test('a quarantine counts for its slot, also where no board ran there', () => {
  const fold = new SlotsFold(ALL);
  fold.addRuns(historyOf(boards(1, '1', 'PASS')));
  fold.addQuarantines({ 1: 2, 7: 1 });
  const { rows, total } = fold.report();
  expect(
    rows.map(({ slot, runs, quarantines, medianSeconds }) => [slot, runs, quarantines, medianSeconds]),
  ).toEqual([
    ['1', 1, 2, 20],
    ['7', 0, 1, null],
  ]);
  expect(total.quarantines).toBe(3);
});

test('a report about one slot has the quarantines of that slot alone', () => {
  const fold = new SlotsFold({ ...ALL, slot: '7' });
  fold.addQuarantines({ 1: 2, 7: 1 });
  const { rows, total } = fold.report();
  expect([rows.map(({ slot }) => slot), total.quarantines]).toEqual([['7'], 1]);
});
