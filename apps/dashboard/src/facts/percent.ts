import type { Share } from '@boardwalk/contracts';

const percent = (share: number): number => Math.round(share * 1000) / 10;

/** A share in per cent with its 95 % interval; null where no board is counted. */
export function percentOf({ share, low, high }: Share) {
  if (share === null || low === null || high === null) return null;
  return { share: percent(share), low: percent(low), high: percent(high) };
}
