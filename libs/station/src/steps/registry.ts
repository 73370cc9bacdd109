import type { RecipeStep, StepName, StepOf } from '@boardwalk/contracts';
import { connect } from './connect.ts';
import { dump } from './dump.ts';
import { erase } from './erase.ts';
import { expectUsb } from './expect-usb.ts';
import { identify } from './identify.ts';
import { options } from './options.ts';
import { program } from './program.ts';
import { protect } from './protect.ts';
import { reset } from './reset.ts';
import type { StepContext, StepWords } from './step-context.ts';
import { verify } from './verify.ts';

type Steps = {
  readonly [Name in StepName]: (step: StepOf<Name>, context: StepContext) => Promise<StepWords>;
};

/** Every step that a recipe may name. The compiler misses none. */
const STEPS: Steps = { connect, identify, erase, program, verify, dump, options, protect, reset, expectUsb };

export function performStep(step: RecipeStep, context: StepContext): Promise<StepWords> {
  const perform = STEPS[step.step] as (step: RecipeStep, context: StepContext) => Promise<StepWords>;
  return perform(step, context);
}
