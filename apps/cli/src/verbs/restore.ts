import {
  inspectBackup,
  restore as putBack,
  type BackupContent,
  type RestoreReport,
} from '@boardwalk/records';
import { Command } from 'commander';
import { userInfo } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { claimFor } from '../bench.ts';
import { dataFolder } from '../data-folder.ts';
import { CommandError, EXIT, type ExitCode } from '../errors.ts';
import { Output } from '../output.ts';

/** `boardwalk restore FILE`: a backup in the place of the database, which is kept next to it. */
export function restore(finish: (code: ExitCode) => void): Command {
  return new Command('restore')
    .description('put a backup in the place of the database, which is kept; refused while a station is open')
    .argument('<file>', 'what "boardwalk backup" wrote')
    .option('--yes', 'do not ask')
    .option('--reason <text>', 'why, for the record')
    .option('--json', 'one JSON document on stdout')
    .addHelpText('after', '\nExample:\n  boardwalk restore /media/safe/2026-11-20.boardwalk')
    .action(async (file: string, options: { yes?: boolean; reason?: string; json?: boolean }) => {
      const output = new Output(options.json ?? false);
      const records = dataFolder();
      const claim = claimFor(records.folder, 'restore');
      try {
        for (const line of warnings(inspectBackup(file, records))) output.note(line);
        if (!options.yes) await agreed();
        const author = { actor: `host:${userInfo().username}`, role: 'host', reason: options.reason ?? null };
        const report = putBack(file, records, author);
        const { kept, head } = report;
        output.say(
          `Restored up to row ${head.id}.${kept ? ` The database as it was is kept as ${kept}.` : ''}`,
        );
        for (const line of outcome(report)) output.note(line);
        output.document(report);
        finish(EXIT.pass);
      } finally {
        claim.release();
      }
    });
}

/** The lines about data that was carried over, or about the work of a person because none was. */
function outcome({ carried, generation }: RestoreReport): string[] {
  if (generation.closed)
    return [
      'Serials that were given since the backup are not known: ranges are closed, and boards with unknown serials are held.',
      'Look for boards that were made since. Then: boardwalk record open',
    ];
  if (!carried) return [];
  const { serials, boards, idempotencyKeys, accounts, tokens } = carried;
  return [
    `Carried over from the database as it was: ${serials} serials, ${boards} boards, ${idempotencyKeys} keys of requests, ${accounts.length} changed accounts, ${tokens} ended tokens.`,
  ];
}

function warnings(content: BackupContent): string[] {
  const { head, takenAt, images, replaced, origin, stationId, replacedStationId } = content;
  const from =
    origin === 'this-station'
      ? 'This station wrote it, and nothing in it was changed since.'
      : 'Its origin cannot be checked: it is of an earlier version, or this machine does not have the secret of the station that wrote it.';
  const holds = `The backup ends at row ${head.id} (${takenAt ?? 'no time'}) and holds ${images} images. ${from}`;
  if (!replaced) return [holds, 'There is no database to be replaced, or it cannot be read.'];
  const beyond =
    replaced.id > head.id ? 'What it gave out since is not given again.' : 'Nothing newer is lost.';
  const another =
    stationId === null || replacedStationId === null || stationId === replacedStationId
      ? []
      : [`The backup is of another station (${stationId}); this folder is of ${replacedStationId}.`];
  return [holds, `The database that it replaces ends at row ${replaced.id}. ${beyond}`, ...another];
}

/** @throws CommandError when nobody says yes */
async function agreed(): Promise<void> {
  if (process.stdin.isTTY) {
    const ask = createInterface({ input: process.stdin, output: process.stderr });
    const answer = await ask.question('Restore it? Type yes: ');
    ask.close();
    if (answer.trim().toLowerCase() === 'yes') return;
  }
  throw new CommandError('cli.not_agreed', {});
}
