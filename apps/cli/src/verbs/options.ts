import { hexByte } from '@boardwalk/contracts';
import { changedOptions, mostOf, OPTION_NAMES, readOptions, writeOptions } from '@boardwalk/flash';
import { Command } from 'commander';
import { CommandError, EXIT, type ExitCode } from '../errors.ts';
import { probeVerb, withTarget } from '../probe-verb.ts';

const EXAMPLES = `
Examples:
  boardwalk options get --json
  boardwalk options set WRP=0xfffffffe DATA0=0x42 WDG_SW=0

WRP has a bit for each 4 KiB of flash, 0 protects. Read protection has verbs of its own: protect and unprotect.`;

/** `boardwalk options get` and `options set K=V…`: the option bytes by ST's names. */
export function options(finish: (code: ExitCode) => void): Command {
  return new Command('options')
    .description('read or write the option bytes')
    .addCommand(getOptions(finish))
    .addCommand(setOptions(finish))
    .addHelpText('after', EXAMPLES);
}

function getOptions(finish: (code: ExitCode) => void): Command {
  const command = new Command('get').description('read the option bytes').addHelpText('after', EXAMPLES);
  return probeVerb(command, 'reads', finish, (chosen, context) =>
    withTarget(chosen, context, async (target) => {
      const found = await readOptions(target);
      const width = Math.max(...Object.keys(found).map(({ length }) => length));
      for (const [name, value] of Object.entries(found))
        context.output.say(`${context.label}${name.padEnd(width)} ${hexByte(value)}`);
      return { exitCode: EXIT.pass, fields: { options: found } };
    }),
  );
}

function setOptions(finish: (code: ExitCode) => void): Command {
  const command = new Command('set')
    .description('write option bytes; the others stay as they are, and the chip is reset to load them')
    .argument('<name=value...>', `names: ${OPTION_NAMES.join(', ')}`)
    .addHelpText('after', EXAMPLES);
  return probeVerb<{ readonly operands: readonly string[] }>(
    command,
    'changes',
    finish,
    (chosen, context) => {
      const change = assignments(context.options.operands);
      return withTarget(chosen, context, async (target) => {
        const { before, after } = await writeOptions(target, change);
        const changed = changedOptions(before, after);
        for (const { name, from, to } of changed)
          context.output.say(`${context.label}${name}: ${hexByte(from)} → ${hexByte(to)}`);
        if (changed.length === 0) context.output.say(`${context.label}The option bytes were so already.`);
        return { exitCode: EXIT.pass, fields: { before, after } };
      });
    },
  );
}

/** @throws CommandError (exit 3) that names the assignment that is not possible */
function assignments(operands: readonly string[]): Readonly<Record<string, number>> {
  const change: Record<string, number> = {};
  for (const operand of operands) {
    const [key = '', text = '', ...rest] = operand.split('=');
    const name = OPTION_NAMES.find((each) => each.toLowerCase() === key.toLowerCase());
    if (!name)
      throw new CommandError('cli.option_byte', { operand, name: key, names: OPTION_NAMES.join(', ') });
    const value = rest.length === 0 && /^(0x[0-9a-f]+|\d+)$/i.test(text) ? Number(text) : NaN;
    if (!(value <= mostOf(name)))
      throw new CommandError('cli.option_byte:value', { operand, name, most: hexByte(mostOf(name)) });
    change[name] = value;
  }
  return change;
}
