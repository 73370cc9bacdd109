import { hex32, type StepOf } from '@boardwalk/contracts';
import type { Mismatch } from '@boardwalk/flash';
import { StepFailure } from '../run/reasons.ts';
import { engineOf, planOf } from './flash-access.ts';
import type { StepContext, StepWords } from './step-context.ts';

/** Reads the flash of this board and compares it with the image: the one thing that PASS rests on. */
export async function verify(step: StepOf<'verify'>, context: StepContext): Promise<StepWords> {
  const engine = await engineOf(context);
  const plan = await planOf(context);
  const watch = {
    onProgress: context.onProgress,
    signal: context.signal,
    pages: context.facts.ownPages ?? (context.facts.flashTouched ? plan.pages : null),
  };
  const result = await engine.verify(plan, step.method, watch);
  if (result.mismatch) throw mismatched(result.mismatch);
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
  return { detail: `Flash equals the image, by ${result.method}${sample}.` };
}

function mismatched({ address, expected, actual }: Mismatch): StepFailure {
  const byte = (value: number): string => `0x${value.toString(16).padStart(2, '0')}`;
  const what = Number.isNaN(expected)
    ? `The chip’s digest at ${hex32(address)} does not agree with what SWD reads.`
    : `Flash at ${hex32(address)} reads ${byte(actual)} instead of ${byte(expected)}.`;
  return new StepFailure(
    'verify-mismatch',
    what,
    'Flash the board once more; if it fails again, set it aside.',
    'flash.verify_mismatch',
  );
}
