import type { Target } from '@boardwalk/debug';
import { createHash } from 'node:crypto';
import type { Mismatch, VerifyResult } from '../access/verify-result.ts';
import { expectedBytes, type FlashPlan, type FlashRange } from '../plan.ts';
import { checkCancelled, type Watch } from '../progress.ts';
import type { RunningDigest } from './digest.ts';
import { confirm, firstMismatch, settle } from './settle.ts';

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
    if (mismatch) {
      await confirm(target, { address, sizeBytes }, actual, watch);
      return { method: 'readback', ranges: proved, sampledPages: 0, mismatch };
    }
    before += sizeBytes;
  }
  return { method: 'readback', ranges: proved, sampledPages: 0, mismatch: null };
}

/**
 * The target's core hashes its flash. While it does, a few pages cross SWD and must agree, so that a core that answers
 * from elsewhere than its flash is found out.
 */
export async function verifyByDigest(
  target: Target,
  beginDigest: (range: FlashRange) => Promise<RunningDigest>,
  plan: FlashPlan,
  ranges: readonly FlashRange[],
  pickPage: (count: number) => number,
  watch: Watch,
): Promise<VerifyResult> {
  const totalBytes = ranges.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const pages = sampledPages(plan.pages, pickPage);
  const proved: { address: number; sizeBytes: number; sha256: string }[] = [];
  let before = 0;
  for (const range of ranges) {
    checkCancelled(watch, 'Verifying was cancelled.');
    const digest = await beginDigest(range);
    const sampled = await sampleMismatch(target, plan, range, pages);
    const actual = await digest.end();
    proved.push({ ...range, sha256: actual });
    const expected = expectedBytes(plan, range.address, range.sizeBytes);
    if (actual !== sha256(expected) || sampled) {
      // The bytes say where: reading them costs time only on a board that fails anyway.
      const made = (digest: string) => (bytes: Uint8Array) => sha256(bytes) === digest;
      const digestAgain = async () => made(await (await beginDigest(range)).end());
      const doubt = { range, expected, isDigestOf: made(actual), digestAgain };
      const mismatch = await settle(target, doubt, watch);
      return { method: 'digest', ranges: proved, sampledPages: 0, mismatch };
    }
    before += range.sizeBytes;
    watch.onProgress?.({ phase: 'verify', doneBytes: before, totalBytes });
  }
  return { method: 'digest', ranges: proved, sampledPages: pages.length, mismatch: null };
}

/** Reads what lies of some pages in a range; where they differ from the plan. */
async function sampleMismatch(
  target: Target,
  plan: FlashPlan,
  { address, sizeBytes }: FlashRange,
  pages: readonly number[],
): Promise<Mismatch | null> {
  for (const page of pages) {
    const from = Math.max(page, address);
    const to = Math.min(page + plan.geometry.pageBytes, address + sizeBytes);
    if (from >= to) continue;
    const mismatch = firstMismatch(
      from,
      expectedBytes(plan, from, to - from),
      await target.readMemory(from, to - from),
    );
    if (mismatch) return mismatch;
  }
  return null;
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
