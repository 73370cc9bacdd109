import { MEASURED, type Outcome } from '@boardwalk/contracts';
import { historyOf, type Told } from '../testing/made-history.ts';
import { ControlFold } from './fold.ts';

const ALL = { from: null, to: null };
const NAME: string = MEASURED.targetVoltage.name;

let next = 0;
beforeEach(() => (next = 0));
const run = (parts: Partial<Told> = {}, outcome: Outcome = 'PASS'): Told => ({
  board: ++next,
  outcome,
  ...parts,
});

/** A report of runs that each measured a value of this name; null: nothing. */
function reportOf(
  told: readonly Told[],
  values: readonly (number | null)[],
  asked: object = {},
  name = NAME,
) {
  const fold = new ControlFold({ ...ALL, ...asked });
  const runs = historyOf(told);
  fold.addRuns(runs);
  fold.addMeasured(
    runs.flatMap((each, at) => (values[at] == null ? [] : [{ run: each, name, value: values[at] }])),
  );
  return fold.report();
}
const many = (values: readonly number[], parts: Partial<Told> = {}) =>
  reportOf(
    values.map(() => run(parts)),
    values,
  ).rows[0]!;

test('limits are the mean ± 2.66 mean ranges, and of a range 3.267 of them', () => {
  // 3, 4, 3, 4, …: the mean is 3.5, every range 1.
  const row = many(Array.from({ length: 20 }, (_, at) => 3 + (at % 2)));
  expect(row).toMatchObject({ n: 20, centre: 3.5, meanRange: 1, highRange: 3.267, outside: 0, inARow: 0 });
  expect(row.low).toBeCloseTo(3.5 - 3 / 1.128, 10);
  expect(row.high).toBeCloseTo(3.5 + 3 / 1.128, 10);
});

test('one value far away is outside, and so are the ranges to it and from it', () => {
  const values = Array.from({ length: 40 }, (_, at) => 3.3 + (at % 2) / 100);
  values[30] = 2.9;
  const row = many(values);
  expect(row).toMatchObject({ outside: 1, outsideRange: 2 });
  expect(row.points.filter(({ outside }) => outside).map(({ value }) => value)).toEqual([2.9]);
});

test('eight in a row on one side are counted from the eighth on', () => {
  const low = Array.from({ length: 10 }, () => 3.2);
  const mixed = Array.from({ length: 20 }, (_, at) => (at % 2 ? 3.2 : 3.4));
  // The mean is 3.27: ten values are below it, and the pairs after them change sides.
  const row = many([...low, ...mixed]);
  expect(row.inARow).toBe(3);
  expect(row.points.map(({ row: ends }, at) => (ends ? at : null)).filter((at) => at !== null)).toEqual([
    7, 8, 9,
  ]);
});

test('values that are all equal give no alarm', () => {
  expect(many(Array.from({ length: 30 }, () => 3.3))).toMatchObject({
    ...{ centre: 3.3, meanRange: 0, low: 3.3, high: 3.3, outside: 0, outsideRange: 0, inARow: 0 },
  });
});

test('fewer than twenty values have a centre and no limits', () => {
  expect(many(Array.from({ length: 19 }, (_, at) => 3 + at))).toMatchObject({
    ...{ n: 19, centre: 12, low: null, high: null, outside: null, outsideRange: null, inARow: null },
    note: 'not enough data',
  });
  expect(many([3.1])).toMatchObject({ n: 1, centre: 3.1, meanRange: null });
});

test('rows are slots or lots; aborted runs and runs that measured nothing have no value', () => {
  const told = [
    run({ slot: '2', lot: 'L1' }),
    run({ slot: '10', lot: null }),
    run({ slot: '2', lot: 'L2' }, 'ABORTED'),
    run({ slot: '2', lot: 'L1' }),
  ];
  const values = [3.3, 3.2, 1.1, null];
  const shape = (by: string) =>
    reportOf(told, values, { groupBy: by }).rows.map(({ key, runs, n }) => [key, runs, n]);
  expect(shape('slot')).toEqual([
    ['2', 2, 1],
    ['10', 1, 1],
  ]);
  expect(shape('lot')).toEqual([
    ['L1', 2, 1],
    [null, 1, 1],
  ]);
  expect(reportOf(told, values).total).toMatchObject({ runs: 3, n: 2 });
});

test('each measurement has its own chart and unit, and a run counts its first value', () => {
  const told = [run()];
  const asked = { measure: 'halfWord' };
  expect(reportOf(told, [70], asked, MEASURED.halfWord.name)).toMatchObject({
    ...{ measure: 'half-word time', unit: 'µs', rows: [{ n: 1, centre: 70 }] },
  });
  expect(reportOf(told, [70], asked).rows).toMatchObject([{ n: 0 }]);
  const fold = new ControlFold(ALL);
  const [only] = historyOf(told);
  fold.addMeasured([3.3, 3.1].map((value) => ({ run: only!, name: NAME, value })));
  expect(fold.report().rows[0]).toMatchObject({ n: 1, centre: 3.3 });
});

test('points are the latest hundred, each with its run', () => {
  const { points, n } = many(Array.from({ length: 350 }, (_, at) => at));
  expect([n, points.length, points[0]!.value, points[0]!.run, points.at(-1)!.value]).toEqual([
    ...[350, 100, 250, 'run_250', 349],
  ]);
});
