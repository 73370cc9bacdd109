import { backUp } from '@boardwalk/records';
import { Command } from 'commander';
import { dataFolder } from '../data-folder.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import { kib, Output } from '../output.ts';

/** `boardwalk backup FILE`: everything that counts in one file, while the station works. */
export function backup(finish: (code: ExitCode) => void): Command {
  return new Command('backup')
    .description('write the database and the images to one file, while the station works')
    .argument('<file>', 'a file that is not there yet')
    .option('--json', 'one JSON document on stdout')
    .addHelpText('after', '\nExample:\n  boardwalk backup /media/safe/$(date +%F).boardwalk')
    .action((file: string, options: { json?: boolean }) => {
      const output = new Output(options.json ?? false);
      const report = backUp(dataFolder(), file);
      const { chain, missing } = report;
      output.say(
        `${report.file}: ${kib(report.bytes)}, rows of the record ${chain.rows}, images ${report.images}; read again and whole.`,
      );
      for (const id of missing)
        output.note(`The file of image ${id} is missing or was changed: it is not in the backup.`);
      for (const says of chain.problems) output.note(`The record is BROKEN: ${says}`);
      output.document(report);
      finish(chain.ok && missing.length === 0 ? EXIT.pass : EXIT.stationFailed);
    });
}
