import { individuals } from './individuals.ts';
import { laneySigma, pChart, type Counted } from './p-chart.ts';
import { runsOnOneSide } from './run-rule.ts';

const counted = (counts: readonly number[], of: number | readonly number[]): Counted[] =>
  counts.map((count, at) => ({ count, of: typeof of === 'number' ? of : of[at]! }));
const lotsOutside = (points: readonly { outside: boolean | null }[]): number[] =>
  points.flatMap(({ outside }, at) => (outside ? [at + 1] : []));

/** Montgomery's orange-juice cans, as the R package qcc has them. */
const CANS = [
  ...[12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11],
  ...[20, 18, 24, 15, 9, 12, 7, 13, 9, 6],
];

test('a p-chart of 30 lots of 50 has the published centre and limits; lots 15 and 23 are outside', () => {
  const { centre, points } = pChart(counted(CANS, 50), { laney: false });
  expect(centre).toBeCloseTo(0.2313333, 7);
  expect([points[0]!.low, points[0]!.high]).toEqual([
    expect.closeTo(0.05242755, 8),
    expect.closeTo(0.4102391, 7),
  ]);
  expect(lotsOutside(points)).toEqual([15, 23]);
  const without = pChart(
    counted(
      CANS.filter((_, at) => at !== 14 && at !== 22),
      50,
    ),
    { laney: false },
  );
  expect(without.points[0]!.low).toBeCloseTo(0.04070284, 8);
});

test('limits go by the number of each lot, and the centre by all boards', () => {
  const of = [100, 80, 80, 100, 110, 110, 100, 100, 90, 90, 110, 120, 120, 120, 110, 80, 80, 80, 90];
  of.push(100, 100, 100, 100, 90, 90);
  const counts = [12, 8, 6, 9, 10, 12, 11, 16, 10, 6, 20, 15, 9, 8, 6, 8, 10, 7, 5, 8, 5, 8, 10, 6, 9];
  const { centre, points } = pChart(counted(counts, of), { laney: false });
  expect(centre).toBeCloseTo(234 / 2450, 12);
  expect([points[0]!.low, points[0]!.high]).toEqual([expect.closeTo(0.007, 3), expect.closeTo(0.184, 3)]);
  expect([points[1]!.low, points[1]!.high]).toEqual([0, expect.closeTo(0.194, 3)]);
  expect(lotsOutside(points)).toEqual([11]);
});

const ATTENDED = [
  ...[266501, 264225, 276532, 281461, 269071, 261215, 270409, 279778, 270483, 270320, 267923, 271478, 255353],
  ...[256820, 261835, 259144, 255910, 260863, 264465, 260989],
];
const OF = [
  ...[280443, 276823, 291681, 296155, 282343, 275888, 283867, 295251, 284468, 282529, 279618, 283932, 266629],
  ...[268091, 276803, 271578, 266005, 273520, 278574, 273772],
];

test("Laney's p′ limits of twenty weeks are the published ones, and no week is outside", () => {
  const chart = pChart(counted(ATTENDED, OF));
  expect(laneySigma(counted(ATTENDED, OF), chart.centre!)).toBeCloseTo(10.6404219, 7);
  expect(chart.overdispersed).toBe(true);
  const limits = [0, 1, 2, 16, 19].map((at) => [chart.points[at]!.low * 100, chart.points[at]!.high * 100]);
  const published = [
    ...[
      [94.013, 96.567],
      [94.0046, 96.5753],
      [94.0378, 96.5421],
      [93.9788, 96.6012],
      [93.9975, 96.5824],
    ],
  ];
  for (const [at, [low, high]] of published.entries())
    expect(limits[at]).toEqual([expect.closeTo(low!, 3), expect.closeTo(high!, 3)]);
  expect(lotsOutside(chart.points)).toEqual([]);
  expect(lotsOutside(pChart(counted(ATTENDED, OF), { laney: false }).points)).toHaveLength(16);
});

test('a chart is silent about a lot of which fewer than five are expected', () => {
  const { points } = pChart(counted([0, 3, 0, 0], 10));
  expect(points.map(({ outside }) => outside)).toEqual([null, null, null, null]);
  expect(pChart([])).toEqual({ centre: null, sigma: 1, overdispersed: false, points: [] });
  expect(pChart(counted([0, 0], 10)).centre).toBe(0);
});

test('flow rates have the published centre, limits and range limit', () => {
  const chart = individuals([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]);
  expect(chart.centre).toBeCloseTo(50.81, 10);
  expect(chart.meanRange).toBeCloseTo(1.8778, 4);
  expect([chart.low, chart.high]).toEqual([expect.closeTo(45.8159, 4), expect.closeTo(55.8041, 4)]);
  expect(chart.highRange).toBeCloseTo(6.1347, 3);
  expect(chart.outside.includes(true)).toBe(false);
});

test('the fourth of twenty viscosities is outside its published limits', () => {
  const chart = individuals([
    ...[34.05, 34.4, 33.59, 35.96, 34.7, 33.51, 33.79, 34.04, 34.52, 33.75, 33.27, 33.71, 34.03, 34.58],
    ...[34.02, 33.97, 34.05, 34.04, 33.73, 34.05],
  ]);
  expect([chart.low, chart.high]).toEqual([expect.closeTo(32.56504, 5), expect.closeTo(35.61096, 5)]);
  expect(chart.outside.flatMap((outside, at) => (outside ? [at + 1] : []))).toEqual([4]);
});

test('one value has a centre and no limits; none has nothing', () => {
  expect(individuals([3])).toMatchObject({ centre: 3, low: null, outside: [false] });
  expect(individuals([])).toMatchObject({ centre: null, outside: [] });
});

test('the eighth in a row on one side is an alarm, so is the ninth, and a value on the centre ends the run', () => {
  expect(runsOnOneSide([0, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1], 0)).toEqual([
    ...new Array<boolean>(8).fill(false),
    ...[true, true, false],
  ]);
  expect(runsOnOneSide([1, 1, 1, 1, 0, 1, 1, 1, 1], 0)).not.toContain(true);
});
