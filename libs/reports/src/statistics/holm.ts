/**
 * Adjusts p-values for the number of tests, by Holm's step-down method. A null was not tested: it stays null and does
 * not count.
 */
export function holm(values: readonly (number | null)[]): (number | null)[] {
  const tested = values
    .flatMap((p, at) => (p === null ? [] : [{ p, at }]))
    .sort((one, other) => one.p - other.p);
  const adjusted: (number | null)[] = values.map(() => null);
  let highest = 0;
  for (const [rank, { p, at }] of tested.entries()) {
    highest = Math.max(highest, Math.min(1, (tested.length - rank) * p));
    adjusted[at] = highest;
  }
  return adjusted;
}
