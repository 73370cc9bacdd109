import type { StepOf } from '@boardwalk/contracts';
import { engineOf, planOf } from './flash-access.ts';
import type { StepContext, StepWords } from './step-context.ts';

/** Programs the image's ranges. */
export async function program(_step: StepOf<'program'>, context: StepContext): Promise<StepWords> {
  const engine = await engineOf(context);
  const plan = await planOf(context);
  context.facts.flashTouched = true;
  await engine.program(plan, { onProgress: context.onProgress, signal: context.signal });
  const ranges = plan.ranges.length === 1 ? '1 range' : `${plan.ranges.length} ranges`;
  return { detail: `Programmed ${plan.image.sizeBytes} bytes in ${ranges}.` };
}
