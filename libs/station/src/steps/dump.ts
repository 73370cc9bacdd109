import type { StepOf } from '@boardwalk/contracts';
import { FlashError } from '@boardwalk/flash';
import { engineOf } from './flash-access.ts';
import type { StepContext, StepWords } from './step-context.ts';

/**
 * Hashes the whole of flash, the size its register states. Before the flash was touched it records what was found,
 * afterwards what is left. A chip that cannot be read gives no hash, and says why.
 */
export async function dump(_step: StepOf<'dump'>, context: StepContext): Promise<StepWords> {
  const { facts } = context;
  try {
    const engine = await engineOf(context);
    const sha256 = await engine.digest(engine.wholeFlash, {
      onProgress: context.onProgress,
      signal: context.signal,
    });
    if (facts.flashTouched || facts.dumpBeforeSha256 !== null) facts.dumpAfterSha256 = sha256;
    else facts.dumpBeforeSha256 = sha256;
    return { detail: `SHA-256 of ${engine.wholeFlash.sizeBytes / 1024} KiB: ${sha256}.` };
  } catch (cause) {
    if (!(cause instanceof FlashError) || cause.code !== 'flash.read_protected') throw cause;
    facts.dumpNote = 'read-protected';
    return { detail: 'The flash could not be read: the chip is read-protected.' };
  }
}
