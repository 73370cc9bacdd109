import { Command } from 'commander';
import { measureDumping } from '../benchmark/dumping.ts';
import { measureProgramming } from '../benchmark/programming.ts';
import { measureSideBySide } from '../benchmark/side-by-side.ts';
import { dumpInWords, headOfTable, rowInWords, sideBySideInWords } from '../benchmark/words.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import { Output } from '../output.ts';

const ABOUT = `
Runs the station on virtual boards behind a V2J37S7 at 4 MHz SWD, medium density, random images, and prints modelled
seconds: the same on every machine. Only the station's own CPU and loop delay are this machine's.
The floor is what the silicon itself needs: one mass erase, 52.5 µs a half-word, two digests of all of flash.

Examples:
  boardwalk bench
  boardwalk bench --json > bench.json`;

/** `boardwalk bench`: the programming-time table in modelled time. */
export function bench(finish: (code: ExitCode) => void): Command {
  return new Command('bench')
    .description('print what programming takes, in modelled time')
    .option('--json', 'one JSON document on stdout; words on stderr')
    .addHelpText('after', ABOUT)
    .action(async ({ json = false }: { json?: boolean }) => {
      const output = new Output(json);
      output.say(headOfTable());
      const rows = await measureProgramming((row) => output.say(rowInWords(row)));
      const dump = await measureDumping();
      output.say(dumpInWords(dump));
      const sideBySide = await measureSideBySide();
      output.say(sideBySideInWords(sideBySide));
      output.document({ rows, dump, ...sideBySide });
      finish(EXIT.pass);
    });
}
