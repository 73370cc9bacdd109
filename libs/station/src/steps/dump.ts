import type { StepOf } from '@boardwalk/contracts';
import { expectedBytes, FlashError, type FlashAccess } from '@boardwalk/flash';
import { flashOf, planOf } from './flash-access.ts';
import type { StepContext, StepWords } from './step-context.ts';
import type { StepDefinition } from './step-definition.ts';

/**
 * Hashes the whole of flash, the size its register states. Before the flash was touched it records what was found,
 * afterwards what is left. A chip that cannot be read gives no hash, and says why.
 */
export const dump: StepDefinition<'dump'> = {
  touches: 'nothing',
  resets: false,
  reads: 'flash',
  lacks: (_step, { readsAll }) => (readsAll ? null : 'read the whole flash'),
  perform,
};

async function perform(step: StepOf<'dump'>, context: StepContext): Promise<StepWords> {
  const { facts } = context;
  try {
    const flash = await flashOf(context);
    const { sha256, how } = step.keepFile ? await kept(flash, context) : await hashed(flash, context);
    if (facts.flashTouched || facts.dumpBeforeSha256 !== null) facts.dumpAfterSha256 = sha256;
    else facts.dumpBeforeSha256 = sha256;
    return { detail: `SHA-256 of ${flash.wholeFlash.sizeBytes / 1024} KiB: ${sha256}${how}.` };
  } catch (cause) {
    if (!(cause instanceof FlashError) || cause.code !== 'flash.read_protected') throw cause;
    facts.dumpNote = 'read-protected';
    return { detail: 'The flash could not be read: the chip is read-protected.' };
  }
}

interface Dumped {
  readonly sha256: string;
  readonly how: string;
}

async function hashed(flash: FlashAccess, { onProgress, signal }: StepContext): Promise<Dumped> {
  return { sha256: await flash.digest(flash.wholeFlash, { onProgress, signal }), how: '' };
}

/** The bytes themselves: what the target proves to be blank or of this image is not moved. */
async function kept(flash: FlashAccess, context: StepContext): Promise<Dumped> {
  const plan = await planOf(context);
  const known = plan.pages.map((page) => expectedBytes(plan, page, plan.geometry.pageBytes));
  const watch = { onProgress: context.onProgress, signal: context.signal };
  const { bytes, sha256, readPages, provedPages } = await flash.dumpProved(flash.wholeFlash, known, watch);
  await context.onDumped(bytes, sha256);
  return { sha256, how: `, kept; ${readPages} pages read, ${provedPages} proved by the target’s digests` };
}
