import { shown } from './shown.ts';
import { runsOnOneSide } from './run-rule.ts';

/** Expected ranges of two normal values, in standard deviations. */
const D2 = 1.128;
/** The upper limit of a moving range of two, in mean ranges. */
const D4 = 3.267;

export interface IndividualsChart {
  readonly centre: number | null;
  readonly meanRange: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly highRange: number | null;
  /** For each value: strictly beyond a limit. */
  readonly outside: readonly boolean[];
  /** For each value: it ends, or continues, a run of eight on one side. */
  readonly runs: readonly boolean[];
}

/** Measured values in their order against their mean ± three standard deviations, which moving ranges estimate. */
export function individuals(values: readonly number[]): IndividualsChart {
  const none = values.map(() => false);
  if (values.length < 2) {
    const centre = values[0] ?? null;
    return { centre, meanRange: null, low: null, high: null, highRange: null, outside: none, runs: none };
  }
  // Equal values are on their mean, not a last bit below it.
  const centre = shown(values.reduce((sum, value) => sum + value, 0) / values.length);
  let ranges = 0;
  for (let at = 1; at < values.length; at++) ranges += Math.abs(values[at]! - values[at - 1]!);
  const meanRange = ranges / (values.length - 1);
  const [low, high] = [centre - (3 / D2) * meanRange, centre + (3 / D2) * meanRange];
  return {
    ...{ centre, meanRange, low, high, highRange: D4 * meanRange },
    outside: values.map((value) => value < low || value > high),
    runs: runsOnOneSide(values, centre),
  };
}
