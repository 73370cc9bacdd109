import { hex32, hexByte } from '@boardwalk/contracts';
import type { Target } from '@boardwalk/debug';
import { FlashError } from '../errors.ts';
import type { FlashRange } from '../plan.ts';
import type { Mismatch } from '../access/verify-result.ts';
import { checkCancelled, type Watch } from '../progress.ts';

/** What a digest and a sample said about a range that they do not agree on with the image. */
export interface Doubt {
  readonly range: FlashRange;
  readonly expected: Uint8Array;
  /** Whether the digest of these bytes is the one that the target made. */
  readonly isDigestOf: (bytes: Uint8Array) => boolean;
  /** Makes the digest again, and says the same of it. */
  readonly digestAgain: () => Promise<(bytes: Uint8Array) => boolean>;
}

/**
 * Settles by reading again whether flash differs: two readings that agree are what flash holds.
 * @throws FlashError `flash.reads_unstable` when they do not agree
 */
export async function settle(target: Target, doubt: Doubt, watch: Watch): Promise<Mismatch> {
  const { range, expected, isDigestOf, digestAgain } = doubt;
  const bytes = await readAgain(target, range, watch);
  const mismatch = firstMismatch(range.address, expected, bytes);
  if (mismatch && isDigestOf(bytes)) return mismatch;
  requireSame(range.address, bytes, await readAgain(target, range, watch));
  if (mismatch) return mismatch;
  // SWD reads the image twice: either the core hashes something else, or what was seen before was not so.
  if (!isDigestOf(expected) && !(await digestAgain())(expected)) return unexplained(range.address);
  throw unstable(range.address, 'differed from the image, and then did not');
}

/**
 * Settles a mismatch that a reading showed by one more.
 * @throws FlashError `flash.reads_unstable` when they do not agree
 */
export async function confirm(
  target: Target,
  range: FlashRange,
  bytes: Uint8Array,
  watch: Watch,
): Promise<void> {
  requireSame(range.address, bytes, await readAgain(target, range, watch));
}

export function firstMismatch(address: number, expected: Uint8Array, actual: Uint8Array): Mismatch | null {
  const at = expected.findIndex((byte, i) => byte !== actual[i]);
  return at < 0 ? null : { address: address + at, expected: expected[at]!, actual: actual[at]! };
}

function readAgain(target: Target, { address, sizeBytes }: FlashRange, watch: Watch): Promise<Uint8Array> {
  return target.readMemory(address, sizeBytes, () => checkCancelled(watch, 'Verifying was cancelled.'));
}

function requireSame(address: number, first: Uint8Array, second: Uint8Array): void {
  const differs = firstMismatch(address, first, second);
  if (!differs) return;
  throw unstable(differs.address, `reads ${hexByte(differs.expected)}, and then ${hexByte(differs.actual)}`);
}

function unstable(address: number, what: string): FlashError {
  return new FlashError('flash.reads_unstable', { address: hex32(address), what }, { address });
}

/** Digest and bytes disagree: the core hashed something else than what SWD reads. */
function unexplained(address: number): Mismatch {
  return { address, expected: NaN, actual: NaN };
}
