/** A quantile with the number of values that it comes from. */
export interface Quantile {
  readonly n: number;
  readonly value: number | null;
}

/**
 * The quantile `p` of values in any order, type 7 of Hyndman and Fan, as R, NumPy and spreadsheets have it; null of
 * none.
 */
export function quantile(values: readonly number[], p: number): Quantile {
  const sorted = Float64Array.from(values).sort();
  return { n: sorted.length, value: quantileSorted(sorted, p) };
}

/** The same of values that are sorted already. */
export function quantileSorted(sorted: ArrayLike<number>, p: number): number | null {
  if (sorted.length === 0) return null;
  const place = (sorted.length - 1) * p;
  const below = Math.floor(place);
  const [low, high] = [sorted[below]!, sorted[Math.min(below + 1, sorted.length - 1)]!];
  return low + (place - below) * (high - low);
}
