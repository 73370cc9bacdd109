import type { ListName } from '@boardwalk/records';
import { Command } from 'commander';
import { resolve } from 'node:path';
import { wholeNumber } from '../arguments.ts';
import { askStation } from '../ask-station.ts';
import { CommandError, EXIT, type ExitCode } from '../errors.ts';
import { rowsOfFile } from '../file-lists.ts';
import { Output } from '../output.ts';
import { columnOf, csvOf, tableOf, type TableRow } from '../tables.ts';

interface List {
  readonly name: ListName;
  /** After `/api/v1`. */
  readonly path: string;
  readonly says: string;
  readonly example: string;
  /** The columns that people are shown. */
  readonly columns: readonly string[];
}

const LISTS: readonly List[] = [
  {
    ...{
      name: 'boards',
      path: '/boards',
      says: 'boards, the last seen first',
      example: 'lot=L42 verdict=differs',
    },
    columns: [
      'number',
      'serial',
      'uid',
      'verdict',
      'resembles',
      'state',
      'lastOutcome',
      'lastReason',
      'runs',
      'lastSeenAt',
    ],
  },
  {
    ...{
      name: 'runs',
      path: '/runs',
      says: 'runs, the newest first',
      example: 'outcome=FAIL from=2026-11-20',
    },
    columns: [
      'id',
      'startedAt',
      'slot',
      'serial',
      'board',
      'attempt',
      'outcome',
      'reason',
      'workOrder',
      'lot',
      'operator',
    ],
  },
  {
    ...{ name: 'jobs', path: '/jobs', says: 'jobs, the newest first', example: 'state=queued' },
    columns: ['id', 'state', 'workOrder', 'priority', 'createdAt', 'finishedAt', 'reason', 'counts'],
  },
  {
    ...{ name: 'orders', path: '/work-orders', says: 'work orders, the newest first', example: 'state=open' },
    columns: ['id', 'state', 'recipe', 'quantity', 'lot', 'supplier', 'createdAt', 'counts'],
  },
];

interface Options {
  readonly limit: number;
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly file?: string;
  readonly url?: string;
}

/** `boardwalk boards|runs|jobs|orders`: the lists of REST, from a running station or a file of data. */
export const LIST_VERBS = LISTS.map(
  (list) =>
    (finish: (code: ExitCode) => void): Command =>
      listVerb(list, finish),
);

function listVerb(list: List, finish: (code: ExitCode) => void): Command {
  const { name, says, example } = list;
  return new Command(name)
    .description(`list ${says}`)
    .argument('[filter...]', `filters of the list, NAME=VALUE, such as ${example}`)
    .option('--limit <n>', 'rows at most, up to 500', wholeNumber, 100)
    .option('--file <file>', 'read a database or a backup instead of asking a station; changes nothing')
    .option('--url <url>', 'the station (default: the one that has the data folder open)')
    .option('--json', 'one JSON document on stdout')
    .option('--csv', 'CSV on stdout')
    .addHelpText(
      'after',
      `\nExamples:\n  boardwalk ${name}\n  boardwalk ${name} ${example} --json\n  boardwalk ${name} --file backup.boardwalk --csv`,
    )
    .action(async (given: string[], options: Options) => {
      const filters = Object.fromEntries(given.map(filterOf));
      const output = new Output(options.json ?? false);
      if (options.file === undefined) await fromStation(list, filters, options, output);
      else fromFile(list, filters, options, output);
      finish(EXIT.pass);
    });
}

async function fromStation(
  list: List,
  filters: Record<string, string>,
  options: Options,
  output: Output,
): Promise<void> {
  const { url, csv, limit } = options;
  const question = { path: list.path, query: { limit: String(limit), ...filters }, url };
  if (csv) return void process.stdout.write(await askStation({ ...question, accept: 'text/csv' }));
  const answer = JSON.parse(await askStation(question)) as { data: TableRow[]; nextCursor: string | null };
  if (output.json) return output.document(answer);
  output.say(tableOf(answer.data, list.columns.map(columnOf)));
  if (answer.nextCursor !== null)
    output.note(`There are more. The next rows: boardwalk ${list.name} cursor=${answer.nextCursor}`);
}

function fromFile(
  { name }: List,
  filters: Record<string, string>,
  { file, limit, csv }: Options,
  output: Output,
): void {
  const data = rowsOfFile(resolve(file!), name, { limit: String(limit), ...filters });
  if (output.json) return output.document({ data });
  if (csv) return void process.stdout.write(csvOf(data));
  output.say(tableOf(data));
}

function filterOf(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new CommandError('cli.filter:no-value', { filter: text });
}
