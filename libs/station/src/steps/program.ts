import { hexByte, type StepOf } from '@boardwalk/contracts';
import type { FlashAccess, FlashPlan } from '@boardwalk/flash';
import { flashOf, orNoSuchFlash, planOf } from './flash-access.ts';
import { halfWordTime } from './flash-times.ts';
import type { StepContext, StepWords } from './step-context.ts';
import type { StepDefinition } from './step-definition.ts';

/** Programs the image’s pages that are not right already. */
export const program: StepDefinition<'program'> = {
  touches: 'flash',
  resets: false,
  reads: 'flash',
  perform,
};

async function perform(step: StepOf<'program'>, context: StepContext): Promise<StepWords> {
  const flash = await flashOf(context);
  const plan = await planOf(context);
  context.facts.flashTouched = true;
  const watch = { onProgress: context.onProgress, signal: context.signal };
  if (context.brokenOff) await eraseTorn(flash, plan, context, context.brokenOff);
  const before = context.clock.now();
  const bytes = await flash.program(plan, watch).catch((cause: unknown) => {
    throw orNoSuchFlash(cause, context);
  });
  const measurements = halfWordTime(context.clock.now() - before, bytes);
  const whole = plan.pages.length * plan.geometry.pageBytes;
  if (bytes === 0) return { detail: 'Nothing to program: the image is there already.' };
  const left = bytes < whole ? `; ${(whole - bytes) / 1024} KiB were right already` : '';
  const filled = step.fill ? `, filled with ${hexByte(step.fill.value)}` : '';
  return {
    detail: `Programmed ${bytes / 1024} KiB of pages for an image of ${context.request.image.sizeBytes} bytes${filled}${left}.`,
    measurements,
  };
}

/** Pages that were being programmed are neither blank nor right: reading shows them, and they are erased again. */
async function eraseTorn(
  flash: FlashAccess,
  plan: FlashPlan,
  { facts, signal }: StepContext,
  brokenOff: Error,
): Promise<void> {
  const choice = await flash.chooseErase(plan, { scope: 'needed', keep: [] });
  // Without an erase step nobody allowed to erase what was there before.
  if (choice.kind !== 'nothing' && facts.ownPages === null) throw brokenOff;
  await flash.erase(choice, { signal });
}
