import type { Share } from '@boardwalk/contracts';

/** 97.5 % quantile of the normal distribution. */
const Z = 1.959963984540054;

/** A share with its 95 % interval by Wilson's score, which holds for small counts and at 0 and 100 %. */
export function share(count: number, of: number): Share {
  if (of === 0) return { count, of, share: null, low: null, high: null };
  const p = count / of;
  const z2 = Z * Z;
  const centre = (p + z2 / (2 * of)) / (1 + z2 / of);
  const half = (Z / (1 + z2 / of)) * Math.sqrt((p * (1 - p)) / of + z2 / (4 * of * of));
  return { count, of, share: p, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
