import {
  ANCHOR_FILE,
  chainRows,
  finishRestore,
  headOf,
  isArchive,
  isExport,
  openToRead,
  readAnchors,
  verifyDatabase,
  verifyExport,
  type ChainReport,
  type FileReport,
  type RowsReport,
} from '@boardwalk/records';
import { Command } from 'commander';
import { createWriteStream, existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { wholeNumber } from '../arguments.ts';
import { dataFolder } from '../data-folder.ts';
import { CommandError, EXIT, type ExitCode } from '../errors.ts';
import { Output } from '../output.ts';

/** `boardwalk audit`: the hash-chained record of every event and change, checked and exported without a station. */
export function audit(finish: (code: ExitCode) => void): Command {
  return new Command('audit')
    .description('check or export the record of every event and change; needs no station')
    .addCommand(verify(finish))
    .addCommand(exportRows(finish));
}

function verify(finish: (code: ExitCode) => void): Command {
  return new Command('verify')
    .description(
      'check the hash chain, the rows of all tables and the schema: exit 0 whole, 1 broken (each finding is named), 2 not readable',
    )
    .argument('[file]', 'a database, a backup or an export (default: the data folder’s database)')
    .option(
      '--anchors <file>',
      `lines of date, id and hash to hold it against (default: ${ANCHOR_FILE} beside it)`,
    )
    .option('--json', 'one JSON document on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  boardwalk audit verify\n  boardwalk audit verify backup.boardwalk --json',
    )
    .action((given: string | undefined, options: { anchors?: string; json?: boolean }) => {
      const output = new Output(options.json ?? false);
      const file = given === undefined ? dataFolder().databaseFile : resolve(given);
      if (given === undefined) finishRestore(dataFolder());
      if (existsSync(file) && statSync(file).isFile() && isExport(file)) {
        const { from, ...report } = verifyExport(file, anchorsFor(file, options.anchors, Infinity));
        return finish(tell(output, file, report, from.id > 0 ? ` from row ${from.id + 1} on` : ''));
      }
      const database = openToRead(file);
      try {
        const anchors = anchorsFor(
          file,
          options.anchors,
          isArchive(database) ? headOf(database).id : Infinity,
        );
        const report = verifyDatabase(database, anchors);
        finish(tell(output, file, report));
      } finally {
        database.close();
      }
    });
}

function tell(output: Output, file: string, report: Report, part = ''): ExitCode {
  const { firstBad, rows, head, anchors } = report;
  const against = anchors > 0 ? `, held against ${anchors} anchors` : '';
  output.say(
    firstBad
      ? `BROKEN: row ${firstBad.id} ${firstBad.says}.`
      : report.ok
        ? `WHOLE: ${rows} rows${part}${against}; the last is ${head.id} ${head.hash}.`
        : `The chain of ${rows} rows${part} is whole${against}, and what follows is not.`,
  );
  const { rowsCovered = null, problems = [] } = report;
  for (const line of problems.filter((says) => says !== sentenceOf(firstBad))) output.say(`BROKEN: ${line}`);
  const unlisted = (rowsCovered?.found ?? 0) - (rowsCovered?.findings.length ?? 0);
  if (unlisted > 0) output.say(`BROKEN: ${unlisted} more rows are not as the record says.`);
  if (rowsCovered) output.note(coverage(rowsCovered));
  output.document({ file, ...report });
  return report.ok ? EXIT.pass : EXIT.boardFailed;
}

/** An export has no rows of tables and no schema. */
type Report = ChainReport & Partial<Pick<FileReport, 'rowsCovered' | 'problems'>>;

function sentenceOf(bad: ChainReport['firstBad']): string | null {
  return bad && `Row ${bad.id} ${bad.says}.`;
}

/** From where on the tables are covered. */
function coverage({ sealed, checked, coverage: tables }: RowsReport): string {
  if (!sealed)
    return 'The rows of the tables are not covered yet, only ends of runs: start the station once, it seals them.';
  const { event, at, rows } = sealed;
  return (
    `${checked} rows of ${tables.length} tables were held against the record, all their columns: ` +
    `the ${rows} rows from before event ${event} since it sealed them on ${at.slice(0, 10)}, all others since they were written.`
  );
}

/** A backup ends earlier than the station's later anchors, by its nature: those after `lastId` are left out. */
function anchorsFor(file: string, given: string | undefined, lastId: number) {
  if (given !== undefined && !existsSync(given)) throw new CommandError('cli.file', { file: given });
  return readAnchors(given ?? join(dirname(file), ANCHOR_FILE)).filter(({ id }) => id <= lastId);
}

function exportRows(finish: (code: ExitCode) => void): Command {
  return new Command('export')
    .description(
      'write every row as a line of JSON: id, at, type, subject, actor, role, reason, data, hashes',
    )
    .argument('[file]', 'a database or a backup (default: the data folder’s)')
    .option('--after <id>', 'only rows after this one', wholeNumber)
    .option('--out <file>', 'where to (default: stdout)')
    .addHelpText('after', '\nExample:\n  boardwalk audit export --out audit.jsonl')
    .action(async (given: string | undefined, options: { after?: number; out?: string }) => {
      const database = openToRead(given === undefined ? dataFolder().databaseFile : resolve(given));
      try {
        const lines = Readable.from(jsonLines(database, options.after));
        if (options.out === undefined) {
          lines.pipe(process.stdout, { end: false });
          await finished(lines);
        } else await pipeline(lines, createWriteStream(options.out, { mode: 0o640 }));
        finish(EXIT.pass);
      } finally {
        database.close();
      }
    });
}

/** Data stays the canonical text that its digest is of; null where retention has erased it. */
function* jsonLines(database: ReturnType<typeof openToRead>, after?: number): Generator<string> {
  for (const row of chainRows(database, after)) yield `${JSON.stringify(row)}\n`;
}
