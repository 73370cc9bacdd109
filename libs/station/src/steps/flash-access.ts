import { FlashEngine, planFlash, readGeometry, type FlashPlan } from '@boardwalk/flash';
import { filledImage, fillsOf } from '../patches/filled-image.ts';
import { targetOf, type StepContext } from './step-context.ts';

/** The flash engine of this run, opened by whichever step needs it first. */
export async function engineOf(context: StepContext): Promise<FlashEngine> {
  const { facts } = context;
  if (!facts.engine) {
    const target = targetOf(context);
    // Attached hot, the board's own firmware still runs; the loader needs its core.
    if (!(await target.isHalted())) await target.halt();
    facts.geometry = await readGeometry(target);
    facts.engine = await FlashEngine.open(target, facts.geometry);
  }
  return facts.engine;
}

/** The image, filled as the recipe says, laid on this target’s flash: no other step knows of a fill. */
export async function planOf(context: StepContext): Promise<FlashPlan> {
  const { geometry } = await engineOf(context);
  const { image, recipe } = context.request;
  return (context.facts.plan ??= planFlash(filledImage(image, fillsOf(recipe.steps)), geometry));
}
