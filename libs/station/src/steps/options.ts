import { hexByte, type StepOf } from '@boardwalk/contracts';
import { changedOptions } from '@boardwalk/flash';
import type { StepContext, StepWords } from './step-context.ts';
import type { StepDefinition } from './step-definition.ts';

/** Writes option bytes, resets the chip to load them, and reads them back. */
export const options: StepDefinition<'options'> = {
  touches: 'optionBytes',
  resets: true,
  reads: 'nothing',
  lacks: (_step, { optionBytes }) => (optionBytes ? null : 'set option bytes'),
  perform,
};

async function perform({ set }: StepOf<'options'>, context: StepContext): Promise<StepWords> {
  const change = Object.fromEntries(
    Object.entries(set).map(([name, value]) => [
      name,
      typeof value === 'string' ? parseInt(value, 16) : value,
    ]),
  );
  if (context.brokenOff && (await context.link.options.isProtected())) throw context.brokenOff;
  const { before, after } = await context.link.options.write(change);
  // The chip was reset: whoever needs the loader next prepares it anew.
  context.facts.flash = null;
  const words = changedOptions(before, after).map(
    ({ name, from, to }) => `${name} ${hexByte(from)} → ${hexByte(to)}`,
  );
  return { detail: words.length > 0 ? `${words.join(', ')}.` : 'The option bytes were so already.' };
}
