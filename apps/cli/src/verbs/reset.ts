import { hex32 } from '@boardwalk/contracts';
import type { Target } from '@boardwalk/debug';
import { Command } from 'commander';
import { EXIT, type ExitCode } from '../errors.ts';
import { probeVerb, withTarget } from '../probe-verb.ts';

/** `boardwalk reset`: the chip starts anew, running or halted. */
export function reset(finish: (code: ExitCode) => void): Command {
  const command = new Command('reset')
    .description('reset the chip; it runs, or stands before its first instruction')
    .option('--halt', 'leave the core halted')
    .addHelpText('after', '\nExamples:\n  boardwalk reset --all\n  boardwalk reset --halt');
  return probeVerb<{ halt?: boolean }>(command, 'changes', finish, (chosen, context) => {
    const { halt } = context.options;
    const work = async (target: Target) => {
      await target.resetAndHalt();
      const pc = hex32(await target.readRegister('pc'));
      context.output.say(`${context.label}${halt ? `Halted at ${pc}.` : 'Reset; running.'}`);
      return { exitCode: EXIT.pass, fields: { state: halt ? 'halted' : 'running', pc } };
    };
    return withTarget(chosen, context, work, halt ? 'halt' : 'run');
  });
}
