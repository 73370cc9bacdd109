import { runsOnOneSide } from './run-rule.ts';

/** One lot or day: `count` of `of` boards. */
export interface Counted {
  readonly count: number;
  readonly of: number;
}

export interface PChartPoint extends Counted {
  readonly share: number;
  readonly low: number;
  readonly high: number;
  /** Strictly beyond a limit; null where fewer than five of the counted kind are expected: no alarm is due then. */
  readonly outside: boolean | null;
  /** Ends, or continues, a run of eight on one side of the centre. */
  readonly run: boolean;
}

export interface PChart {
  readonly centre: number | null;
  /** Laney's σ_z: 1 for a plain p-chart. */
  readonly sigma: number;
  readonly overdispersed: boolean;
  readonly points: readonly PChartPoint[];
}

/** Expected counts below this have no meaningful limits: n·p and n·(1 − p). */
export const LEAST_EXPECTED = 5;

/** Expected ranges of two normal values, in standard deviations. */
const D2 = 1.128;

/** Standardised points vary more than their binomial limits allow from here on. */
export const OVERDISPERSED = 1.5;

/**
 * Shares over time against limits of three standard deviations. The centre is the sum of the counts by the sum of the
 * numbers. Where the points vary more than chance allows, limits are Laney's p′ limits.
 */
export function pChart(
  counted: readonly Counted[],
  { laney = 'auto' }: { laney?: boolean | 'auto' } = {},
): PChart {
  const of = counted.reduce((sum, point) => sum + point.of, 0);
  if (of === 0) return { centre: null, sigma: 1, overdispersed: false, points: [] };
  const centre = counted.reduce((sum, { count }) => sum + count, 0) / of;
  const filled = counted.filter((point) => point.of > 0);
  const ratio = laneySigma(filled, centre);
  const overdispersed = laney === 'auto' ? ratio > OVERDISPERSED && filled.length >= LEAST_FOR_LANEY : laney;
  const sigma = overdispersed ? ratio : 1;
  const runs = runsOnOneSide(
    filled.map((point) => point.count / point.of),
    centre,
  );
  return {
    centre,
    sigma,
    overdispersed,
    points: filled.map((point, at) => pointOf(point, centre, sigma, runs[at]!)),
  };
}

/** Fewer points say too little about how much they vary. */
const LEAST_FOR_LANEY = 8;

function pointOf({ count, of }: Counted, centre: number, sigma: number, run: boolean): PChartPoint {
  const share = count / of;
  const half = 3 * sigma * deviation(centre, of);
  const [low, high] = [Math.max(0, centre - half), Math.min(1, centre + half)];
  const meaningful = Math.min(of * centre, of * (1 - centre)) >= LEAST_EXPECTED;
  return { count, of, share, low, high, outside: meaningful ? share < low || share > high : null, run };
}

/** Laney's σ_z: the mean moving range of the standardised points, by 1.128. */
export function laneySigma(counted: readonly Counted[], centre: number): number {
  if (centre === 0 || centre === 1 || counted.length < 2) return 1;
  const z = counted.map(({ count, of }) => (count / of - centre) / deviation(centre, of));
  let sum = 0;
  for (let at = 1; at < z.length; at++) sum += Math.abs(z[at]! - z[at - 1]!);
  return sum / (z.length - 1) / D2;
}

function deviation(centre: number, of: number): number {
  return Math.sqrt((centre * (1 - centre)) / of);
}
