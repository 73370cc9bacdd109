import type { StepOf } from '@boardwalk/contracts';
import type { StepContext, StepWords } from './step-context.ts';
import type { StepDefinition } from './step-definition.ts';

/** Sets read-out protection and proves it: the chip says so, and a read of flash fails. Comes after verifying. */
export const protect: StepDefinition<'protect'> = {
  touches: 'optionBytes',
  // A chip that is protected already is not reset.
  resets: false,
  reads: 'nothing',
  lacks: (_step, { readProtection }) => (readProtection ? null : 'set read protection'),
  perform,
};

async function perform(_step: StepOf<'protect'>, context: StepContext): Promise<StepWords> {
  await context.link.options.protect();
  // What was open to flash is shut: the next step that needs it finds that out for itself.
  context.facts.flash = null;
  return { detail: 'Read-protected: the chip says so, and a read of flash fails.' };
}
