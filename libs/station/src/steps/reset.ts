import type { StepOf } from '@boardwalk/contracts';
import { targetOf, type StepContext, type StepWords } from './step-context.ts';
import type { StepDefinition } from './step-definition.ts';

/** Resets the chip; further steps of the run find it halted before its first instruction. */
export const reset: StepDefinition<'reset'> = {
  touches: 'nothing',
  resets: true,
  reads: 'nothing',
  perform,
};

async function perform(step: StepOf<'reset'>, context: StepContext): Promise<StepWords> {
  const { facts } = context;
  if (facts.engine) await facts.engine.reset();
  else await targetOf(context).resetAndHalt();
  return { detail: step.finalState === 'run' ? 'Reset.' : 'Reset and halted.' };
}
