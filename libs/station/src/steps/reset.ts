import type { StepOf } from '@boardwalk/contracts';
import type { StepContext, StepWords } from './step-context.ts';
import type { StepDefinition } from './step-definition.ts';

/** Resets the chip; further steps of the run find it halted before its first instruction. */
export const reset: StepDefinition<'reset'> = {
  touches: 'nothing',
  resets: true,
  reads: 'nothing',
  perform,
};

async function perform(step: StepOf<'reset'>, context: StepContext): Promise<StepWords> {
  const { facts, link } = context;
  if (facts.flash) await facts.flash.reset();
  else await link.resetAndHold();
  return { detail: step.finalState === 'run' ? 'Reset.' : 'Reset and halted.' };
}
