import type { Target } from '@boardwalk/probe';
import { createHash } from 'node:crypto';
import { expectedBytes, type FlashPlan, type FlashRange } from '../plan.ts';
import { checkCancelled, type Watch } from '../progress.ts';

export type VerifyMethod = 'auto' | 'digest' | 'readback';

/** Where flash and image part. */
export interface Mismatch {
  readonly address: number;
  readonly expected: number;
  readonly actual: number;
}

/** What was proved about the flash, how, and over which ranges. */
export interface VerifyResult {
  readonly method: 'digest' | 'readback';
  readonly ranges: readonly {
    readonly address: number;
    readonly sizeBytes: number;
    readonly sha256: string;
  }[];
  /** Pages that crossed SWD beside a digest and agreed. */
  readonly sampledPages: number;
  readonly mismatch: Mismatch | null;
}

const SAMPLED_PAGES = 2;

/** Every byte crosses SWD and is compared. */
export async function verifyByReadback(
  target: Target,
  plan: FlashPlan,
  ranges: readonly FlashRange[],
  watch: Watch,
): Promise<VerifyResult> {
  const totalBytes = ranges.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const proved = [];
  let before = 0;
  for (const { address, sizeBytes } of ranges) {
    const actual = await target.readMemory(address, sizeBytes, (done) => {
      checkCancelled(watch, 'Verifying was cancelled.');
      watch.onProgress?.({ phase: 'verify', doneBytes: before + done, totalBytes });
    });
    const mismatch = firstMismatch(address, expectedBytes(plan, address, sizeBytes), actual);
    proved.push({ address, sizeBytes, sha256: sha256(actual) });
    if (mismatch) return { method: 'readback', ranges: proved, sampledPages: 0, mismatch };
    before += sizeBytes;
  }
  return { method: 'readback', ranges: proved, sampledPages: 0, mismatch: null };
}

/** The target's core hashes its flash, and a few pages cross SWD beside it. */
export async function verifyByDigest(
  target: Target,
  digest: (range: FlashRange) => Promise<string>,
  plan: FlashPlan,
  ranges: readonly FlashRange[],
  pickPage: (count: number) => number,
  watch: Watch,
): Promise<VerifyResult> {
  const totalBytes = ranges.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const proved = [];
  let before = 0;
  for (const { address, sizeBytes } of ranges) {
    checkCancelled(watch, 'Verifying was cancelled.');
    const actual = await digest({ address, sizeBytes });
    proved.push({ address, sizeBytes, sha256: actual });
    if (actual !== sha256(expectedBytes(plan, address, sizeBytes))) {
      // The bytes say where: reading them costs time only on a board that fails anyway.
      const { mismatch } = await verifyByReadback(target, plan, [{ address, sizeBytes }], {});
      return {
        method: 'digest',
        ranges: proved,
        sampledPages: 0,
        mismatch: mismatch ?? unexplained(address),
      };
    }
    before += sizeBytes;
    watch.onProgress?.({ phase: 'verify', doneBytes: before, totalBytes });
  }
  return sample(target, plan, proved, pickPage);
}

/** A few pages cross SWD and must agree, so that a core that answers from elsewhere than its flash is found out. */
async function sample(
  target: Target,
  plan: FlashPlan,
  proved: VerifyResult['ranges'],
  pickPage: (count: number) => number,
): Promise<VerifyResult> {
  const pages = sampledPages(plan.pages, pickPage);
  for (const page of pages) {
    for (const { address, sizeBytes } of proved) {
      const from = Math.max(page, address);
      const to = Math.min(page + plan.geometry.pageBytes, address + sizeBytes);
      if (from >= to) continue;
      const actual = await target.readMemory(from, to - from);
      const mismatch = firstMismatch(from, expectedBytes(plan, from, to - from), actual);
      if (mismatch) return { method: 'digest', ranges: proved, sampledPages: pages.length, mismatch };
    }
  }
  return { method: 'digest', ranges: proved, sampledPages: pages.length, mismatch: null };
}

/** Up to two different pages. */
function sampledPages(pages: readonly number[], pickPage: (count: number) => number): readonly number[] {
  const count = pages.length;
  if (count <= SAMPLED_PAGES) return pages;
  const first = pickPage(count);
  const second = (first + 1 + pickPage(count - 1)) % count;
  return [pages[first]!, pages[second]!];
}

export function sha256(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

function firstMismatch(address: number, expected: Uint8Array, actual: Uint8Array): Mismatch | null {
  const at = expected.findIndex((byte, i) => byte !== actual[i]);
  return at < 0 ? null : { address: address + at, expected: expected[at]!, actual: actual[at]! };
}

/** Digest and bytes disagree: the core hashed something else than what SWD reads. */
function unexplained(address: number): Mismatch {
  return { address, expected: NaN, actual: NaN };
}
