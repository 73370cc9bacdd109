import type { Share } from '@boardwalk/contracts';

/** 97.5 % quantile of the normal distribution. */
const Z = 1.959963984540054;
const Z2 = Z * Z;

/**
 * The lower end of the 95 % interval by Wilson's score, without continuity correction, in a form that subtracts
 * nothing: the usual one gives 2.7e-17 instead of 0 for 0 of n.
 */
function low(count: number, of: number): number {
  if (count === 0) return 0;
  const p = count / of;
  const root = Z * Math.sqrt((p * (1 - p)) / of + Z2 / (4 * of * of));
  return (p * p) / (p + Z2 / (2 * of) + root);
}

/** A share with its 95 % interval by Wilson's score, which is right for small counts and at 0 and 100 %. */
export function share(count: number, of: number): Share {
  if (of === 0) return { count, of, share: null, low: null, high: null };
  return { count, of, share: count / of, low: low(count, of), high: 1 - low(of - count, of) };
}
