import { openToRead, ReportSource } from '@boardwalk/records';
import { answerReport, REPORTS, type Report, type ReportFrame } from '@boardwalk/reports';
import { Command, Option } from 'commander';
import { resolve } from 'node:path';
import { askStation } from '../ask-station.ts';
import { checkedQuery } from '../checked-query.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import { Output } from '../output.ts';
import { shown } from '../cells.ts';
import { columnOf, csvOf, tableOf, wrapped, type Column, type TableRow } from '../tables.ts';
import { plantZone } from '../time-zone.ts';

interface Options extends Readonly<Record<string, string | boolean | undefined>> {
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly file?: string;
  readonly url?: string;
}
type Query = Record<string, string | undefined>;
interface Answer extends ReportFrame {
  readonly rows: readonly TableRow[];
  readonly total: TableRow;
  readonly rules: readonly string[];
}

/** Options of reports → the words for them. A report has those that its query knows. */
const FILTERS: readonly (readonly [flag: string, words: string])[] = [
  ['--from <time>', 'from this instant or day of the plant on'],
  ['--to <time>', 'up to this instant, or with this day'],
  ['--group-by <what>', 'what the rows are by'],
  ['--recipe <name>', 'runs of this recipe'],
  ['--work-order <id>', 'runs of this order'],
  ['--lot <lot>', 'runs of this lot'],
  ['--supplier <name>', 'runs of chips of this supplier'],
  ['--slot <name>', 'runs in this slot'],
  ['--operator <name>', 'runs of this operator'],
  ['--image <sha256>', 'runs of this image'],
  ['--shift <key>', 'a shift: "2026-11-21 night", or "night" of every day'],
  ['--virtual <which>', 'runs of a virtual bench: true, false or all'],
  ['--recipe-revision <n>', 'runs of this revision of the recipe'],
  ['--probe <serial>', 'runs with this probe'],
  ['--measure <what>', 'which values: targetVoltage, pageErase or halfWord'],
];

/** `boardwalk report NAME`: the same answers as REST, from a running station or a file of data. */
export function report(finish: (code: ExitCode) => void): Command {
  const verb = new Command('report').description('print a report: counts with their rule, interval and time');
  for (const each of REPORTS) verb.addCommand(reportVerb(each, finish));
  return verb;
}

function reportVerb(each: Report, finish: (code: ExitCode) => void): Command {
  const { name, summary } = each;
  const verb = new Command(name).description(summary);
  for (const option of FILTERS.map(([flag, words]) => new Option(flag, words)))
    if (option.attributeName() in each.query.shape) verb.addOption(option);
  return verb
    .option('--file <file>', 'read a database or a backup instead of asking a station; changes nothing')
    .option('--url <url>', 'the station (default: the one that has the data folder open)')
    .option('--json', 'one JSON document on stdout')
    .option('--csv', 'CSV on stdout')
    .addHelpText('after', examplesOf(name))
    .action(async (options: Options) => {
      const { json, csv, file, url, ...query } = options;
      const answer =
        file === undefined ? await asked(name, query as Query, url) : await read(each, query as Query, file);
      tell(new Output(json ?? false), each, answer, csv ?? false);
      finish(EXIT.pass);
    });
}

async function asked(name: string, query: Query, url: string | undefined): Promise<Answer> {
  return JSON.parse(await askStation({ path: `/reports/${name}`, query, url })) as Answer;
}

async function read(each: Report, query: Query, file: string): Promise<Answer> {
  const checked = checkedQuery(each.query, query);
  const { virtual } = checked;
  const source = new ReportSource(openToRead(resolve(file)));
  try {
    const shows = virtual === undefined || virtual === 'all' ? undefined : virtual === 'true';
    return (await answerReport(each, checked, source, {
      timeZone: plantZone(),
      virtual: shows,
    })) as unknown as Answer;
  } finally {
    source.close();
  }
}

function tell(output: Output, each: Report, answer: Answer, csv: boolean): void {
  if (output.json) return output.document(answer);
  const rows = each.rowsOf(answer) as readonly TableRow[];
  const columns = Object.keys(each.row.shape);
  if (csv) return void process.stdout.write(csvOf(rows, columns));
  output.say(tableOf(rows, columnsFor(columns, answer.groupBy)));
  if (!rows.includes(answer.total)) output.say(`\n${wrapped(totalOf(answer.total))}`);
  const { from, to, timeZone, asOf, generation, rules } = answer;
  output.say(`\nFrom ${from ?? 'the beginning'} to ${to ?? 'now'}; days and shifts in ${timeZone}.`);
  output.say(`As of event ${asOf} of ${generation ?? 'a record without generations'}.`);
  for (const rule of rules) output.say(wrapped(`- ${rule}`));
}

/** Columns for people: first the one that names the row, the key under the name of its group, which is not repeated. */
function columnsFor(names: readonly string[], groupBy: string | null): Column[] {
  const naming = ['key', 'board'].find((name) => names.includes(name)) ?? names[0]!;
  const heading = naming === 'key' ? (groupBy ?? naming) : naming;
  const others = names.filter((name) => name !== naming && name !== heading);
  return [{ name: naming, heading }, ...others.map(columnOf)];
}

/** A total that is no row of the table, in words. */
function totalOf({ links: _, ...total }: TableRow): string {
  return `All: ${Object.entries(total)
    .map(([name, value]) => `${name} ${shown(value)}`)
    .join(', ')}.`;
}

function examplesOf(name: string): string {
  return `
Examples:
  boardwalk report ${name}
  boardwalk report ${name} --from 2026-11-01 --to 2026-11-30 --csv > ${name}.csv
  boardwalk report ${name} --file backup.boardwalk --json`;
}
