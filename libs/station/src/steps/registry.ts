import type { RecipeStep, StepName } from '@boardwalk/contracts';
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
import type { StepDefinition, StepEffects } from './step-definition.ts';
import { verify } from './verify.ts';

type Steps = { readonly [Name in StepName]: StepDefinition<Name> };

/** Every step that a recipe may name. The compiler misses none. */
const STEPS: Steps = { connect, identify, erase, program, verify, dump, options, protect, reset, expectUsb };

/** The compiler cannot tell that a step and the row of its name belong together. */
function definitionOf(step: RecipeStep): StepDefinition<StepName> {
  return STEPS[step.step] as StepDefinition<StepName>;
}

export function performStep(step: RecipeStep, context: StepContext): Promise<StepWords> {
  return definitionOf(step).perform(step, context);
}

/** What this step may do to a board. */
export function effectsOf(step: RecipeStep): StepEffects {
  const { touches, resets, reads } = definitionOf(step);
  return { touches, reads, resets: typeof resets === 'boolean' ? resets : resets(step) };
}
