import type { RecipeStep, StepName } from '@boardwalk/contracts';
import type { TransportTraits } from '../link/transports.ts';
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

/** Why these steps cannot be done over a transport; null: they can. */
export function transportFault(steps: readonly RecipeStep[], traits: TransportTraits): string | null {
  for (const [index, step] of steps.entries()) {
    const lacks = definitionOf(step).lacks?.(step, traits) ?? null;
    if (lacks !== null)
      return `Step ${index + 1}, "${step.step}": a slot over ${traits.label} cannot ${lacks}.`;
  }
  return null;
}

/** What this step may do to a board. */
export function effectsOf(step: RecipeStep): StepEffects {
  const { touches, resets, reads } = definitionOf(step);
  return { touches, reads, resets: typeof resets === 'boolean' ? resets : resets(step) };
}
