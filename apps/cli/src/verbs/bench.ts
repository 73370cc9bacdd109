import { Command } from 'commander';
import { measureProgramming } from '../benchmark/programming.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import { Output } from '../output.ts';

export function bench(finish: (code: ExitCode) => void): Command {
  return new Command('bench').option('--json').action(async (options: { json?: boolean }) => {
    const output = new Output(options.json ?? false);
    const rows = await measureProgramming((row) => output.say(JSON.stringify(row)));
    output.document({ rows });
    finish(EXIT.pass);
  });
}
