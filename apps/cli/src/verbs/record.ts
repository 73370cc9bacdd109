import { openGeneration, openToRead } from '@boardwalk/records';
import Sqlite from 'better-sqlite3';
import { Command } from 'commander';
import { userInfo } from 'node:os';
import { dataFolder } from '../data-folder.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import { Output } from '../output.ts';

/** `boardwalk record`: what a person decides about the record itself. */
export function record(finish: (code: ExitCode) => void): Command {
  return new Command('record').description('decide about the record itself').addCommand(
    new Command('open')
      .description(
        'after a restore over a file that could not be read: let ranges give serials again; works next to a running station',
      )
      .option('--reason <text>', 'why, for the record')
      .option('--json', 'one JSON document on stdout')
      .addHelpText(
        'after',
        '\nExample:\n  boardwalk record open --reason "labels up to A-0471 are on boards"',
      )
      .action((options: { reason?: string; json?: boolean }) => {
        const output = new Output(options.json ?? false);
        const generation = open(options.reason ?? null);
        output.say('Serial ranges give serials again. Release the jobs that were held.');
        output.document({ generation });
        finish(EXIT.pass);
      }),
  );
}

function open(reason: string | null) {
  const { databaseFile } = dataFolder();
  openToRead(databaseFile).close();
  const database = new Sqlite(databaseFile, { timeout: 5000, fileMustExist: true });
  try {
    database.pragma('synchronous = FULL');
    return openGeneration(database, { actor: `host:${userInfo().username}`, role: 'host', reason });
  } finally {
    database.close();
  }
}
