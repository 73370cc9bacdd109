import type { Outcome } from '@boardwalk/contracts';
import type { ReportRun } from '../lives/run.ts';
import { historyOf, type Told } from '../testing/made-history.ts';
import { CycleTimeFold } from './fold.ts';

const ALL = { from: null, to: null };
const second = (index: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, index)).toISOString();

let next = 0;
beforeEach(() => (next = 0));
const run = (slot: string, from: number, to: number, outcome: Outcome = 'PASS'): Told => ({
  ...{ board: ++next, outcome, slot, at: second(from), finishedAt: second(to) },
});
const paceOf = (...told: Told[]) => {
  const fold = new CycleTimeFold(ALL);
  fold.addRuns(historyOf(told));
  return fold.report().total;
};

/** Two slots at work for a minute and a half, then a break of more than ten minutes in both. */
const FIVE = [
  run('1', 0, 20),
  run('2', 0, 40, 'FAIL'),
  run('1', 30, 50),
  run('2', 60, 90),
  run('1', 1200, 1230),
];

test('handling is the time between two boards of a slot, programming that of attempts that passed', () => {
  // Handling: 30 − 20 and 60 − 40. Programming: 20, 20, 30 and 30.
  expect(paceOf(...FIVE)).toMatchObject({
    ...{ runs: 5, handlingMedianS: 15, handlingN: 2, programmingMedianS: 25, programmingN: 4 },
    probeWaitingS: 30,
  });
});

test('sites needed are programming by handling, rounded up, and one more', () => {
  expect(paceOf(...FIVE).sitesNeeded).toBe(Math.ceil(25 / 15) + 1);
  // Just as long as each other: one board is handled while one is programmed.
  expect(paceOf(run('1', 0, 10), run('1', 20, 30)).sitesNeeded).toBe(2);
  expect(paceOf(run('1', 0, 10)).sitesNeeded).toBeNull();
});

test('boards per hour are of the time in which the bench worked, without breaks', () => {
  // 4 passed in 90 s and 30 s.
  expect(paceOf(...FIVE).boardsPerHour).toBe(120);
  expect(paceOf().boardsPerHour).toBeNull();
});

test('a slot waits for at most ten minutes, and the eleventh is a break', () => {
  expect(paceOf(run('1', 0, 10), run('1', 610, 620))).toMatchObject({ handlingN: 1, probeWaitingS: 600 });
  expect(paceOf(run('1', 0, 10), run('1', 611, 620))).toMatchObject({ handlingN: 0, probeWaitingS: 0 });
});

test('an aborted run and a run that ends before it starts by the wall clock have no pace', () => {
  expect(paceOf(run('1', 0, 10), run('1', 20, 40, 'ABORTED'), run('1', 50, 45))).toMatchObject({
    ...{ runs: 1, handlingN: 0, programmingN: 1, boardsPerHour: 360 },
  });
});

/** Steps of runs, each with its time in milliseconds. */
const stepsOf = (groupBy: string, told: readonly Told[], times: readonly (readonly [string, number])[]) => {
  const fold = new CycleTimeFold({ ...ALL, groupBy });
  const runs: readonly ReportRun[] = historyOf(told);
  fold.addSteps(times.map(([step, durationMs], at) => ({ run: runs[at]!, step, durationMs })));
  return fold.report().rows.map(({ key, step, n, medianMs, p95Ms }) => [key, step, n, medianMs, p95Ms]);
};

test('each step has its median and its 95 % quantile of type 7, with their n', () => {
  const four = [0, 1, 2, 3].map((at) => run('1', at * 100, at * 100 + 10));
  const times = [400, 100, 300, 200].map((ms) => ['program', ms] as const);
  // Of 100, 200, 300, 400: the place 1.5 for the median, 2.85 for 95 %.
  expect(stepsOf('recipe', four, times)).toEqual([['a', 'program', 4, 250, 385]]);
  expect(stepsOf('recipe', four.slice(0, 1), [['erase', 7.4]])).toEqual([['a', 'erase', 1, 7, 7]]);
});

test('steps go by recipe or by slot, and those of an aborted run do not count', () => {
  const told = [run('2', 0, 10), run('10', 0, 10), run('2', 20, 30), run('2', 40, 50, 'ABORTED')];
  const times = [
    ...[['program', 10] as const, ['program', 20] as const, ['verify', 5] as const],
    ['verify', 900] as const,
  ];
  expect(stepsOf('slot', told, times)).toEqual([
    ['2', 'program', 1, 10, 10],
    ['2', 'verify', 1, 5, 5],
    ['10', 'program', 1, 20, 20],
  ]);
  expect(stepsOf('recipe', told, times).map(([key, step, n]) => [key, step, n])).toEqual([
    ['a', 'program', 2],
    ['a', 'verify', 1],
  ]);
});
