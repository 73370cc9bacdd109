import type { StepOf } from '@boardwalk/contracts';
import { isProtected, OPTION_NAMES, type OptionBytes } from '@boardwalk/flash';
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
  const { WRP, ...others } = set;
  const change: Partial<OptionBytes> = { ...present(others), ...(WRP ? { WRP: parseInt(WRP, 16) } : {}) };
  if (context.brokenOff && isProtected(await context.link.options.read())) throw context.brokenOff;
  const { before, after } = await context.link.options.write(change);
  // The chip was reset: whoever needs the loader next prepares it anew.
  context.facts.flash = null;
  const changed = OPTION_NAMES.filter((name) => before[name] !== after[name]);
  const words = changed.map((name) => `${name} ${hex(before[name])} → ${hex(after[name])}`);
  return { detail: words.length > 0 ? `${words.join(', ')}.` : 'The option bytes were so already.' };
}

function present(values: Readonly<Record<string, number | undefined>>): Partial<OptionBytes> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(2, '0')}`;
}
