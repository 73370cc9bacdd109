import { hex32, hexByte, type StepOf } from '@boardwalk/contracts';
import type { FlashGeometry, Mismatch } from '@boardwalk/flash';
import { stepFailure, type StepFailure } from '../request/reasons.ts';
import { flashOf, isBeyondStated, noSuchFlashAt, planOf } from './flash-access.ts';
import type { StepContext, StepWords } from './step-context.ts';
import type { StepDefinition } from './step-definition.ts';

/** Reads the flash of this board and compares it with the image: the one thing that PASS rests on. */
export const verify: StepDefinition<'verify'> = {
  touches: 'nothing',
  resets: false,
  reads: 'proof',
  lacks: ({ method }, { digests }) => (digests || method !== 'digest' ? null : 'let the chip hash its flash'),
  perform,
};

async function perform(step: StepOf<'verify'>, context: StepContext): Promise<StepWords> {
  const flash = await flashOf(context);
  const plan = await planOf(context);
  const watch = {
    onProgress: context.onProgress,
    signal: context.signal,
    pages: context.facts.ownPages ?? (context.facts.flashTouched ? plan.pages : null),
  };
  const beyond = isBeyondStated(plan.geometry);
  const result = await flash.verify(plan, beyond ? 'readback' : step.method, watch);
  if (result.mismatch) throw mismatched(result.mismatch, plan.geometry);
  context.facts.verify = {
    method: result.method,
    ranges: result.ranges.map(({ address, sizeBytes, sha256 }) => ({
      address: hex32(address),
      bytes: sizeBytes,
      sha256,
    })),
    sampledPages: result.sampledPages,
  };
  const sample = result.method === 'digest' ? `, ${result.sampledPages} pages read back and equal` : '';
  const more = beyond ? ` ${beyondWords(plan.geometry)}` : '';
  return { detail: `Flash equals the image, by ${result.method}${sample}.${more}` };
}

function beyondWords({ statedBytes = 0 }: FlashGeometry): string {
  return `The image uses flash beyond the ${statedBytes / 1024} KiB that the chip states, as the recipe allows.`;
}

function mismatched({ address, expected, actual }: Mismatch, geometry: FlashGeometry): StepFailure {
  const [at, origin] = [hex32(address), { stepCode: 'flash.verify_mismatch' } as const];
  const mismatch = Number.isNaN(expected)
    ? stepFailure('verify-mismatch:digest', { address: at }, origin)
    : stepFailure(
        'verify-mismatch',
        { address: at, actual: hexByte(actual), expected: hexByte(expected) },
        origin,
      );
  return noSuchFlashAt(address, geometry, mismatch.message) ?? mismatch;
}
