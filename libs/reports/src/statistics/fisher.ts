/** Two tables whose probabilities differ by less are equally probable; R's `fisher.test` has the same tolerance. */
const TOLERANCE = 1 + 1e-7;

/**
 * The two-sided p-value of Fisher's exact test of the table `a b / c d`, as R defines it: the probability of all tables
 * with the same margins that are at most as probable as this one. Weights are relative to the most probable table, so
 * that no factorial overflows.
 */
export function fisherExact(a: number, b: number, c: number, d: number): number {
  const [row, column, all] = [a + b, a + c, a + b + c + d];
  const first = Math.max(0, row + column - all);
  const last = Math.min(row, column);
  const weights = new Float64Array(last - first + 1);
  const mode = Math.min(last, Math.max(first, Math.floor(((row + 1) * (column + 1)) / (all + 2))));
  const up = (k: number): number => ((row - k) * (column - k)) / ((k + 1) * (all - row - column + k + 1));
  weights[mode - first] = 1;
  for (let k = mode; k < last; k++) weights[k + 1 - first] = weights[k - first]! * up(k);
  for (let k = mode; k > first; k--) weights[k - 1 - first] = weights[k - first]! / up(k - 1);
  const limit = weights[a - first]! * TOLERANCE;
  let [sum, atMost] = [0, 0];
  for (const weight of weights) {
    sum += weight;
    if (weight <= limit) atMost += weight;
  }
  return Math.min(1, atMost / sum);
}
