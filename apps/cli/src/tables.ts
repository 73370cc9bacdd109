import { stringify } from 'csv-stringify/sync';
import { shown } from './cells.ts';

export type TableRow = Readonly<Record<string, unknown>>;

/** A column of a table for people. */
export interface Column {
  readonly name: string;
  readonly heading: string;
}

/** The width of a terminal next to other windows, in characters. */
const WIDEST = 110;
const GAP = '  ';

/** Columns that are for programs: links and what is long. */
const HIDDEN: ReadonlySet<string> = new Set([
  'links',
  'findings',
  'steps',
  'identity',
  'assessment',
  'patches',
]);

/**
 * A table for people: a line of headings, then a line a row. Columns that do not fit next to each other continue
 * below, where each row is named again by its first column.
 */
export function tableOf(rows: readonly TableRow[], columns = columnsOf(rows).map(columnOf)): string {
  if (columns.length === 0) return '';
  const lines = [
    columns.map(({ heading }) => heading),
    ...rows.map((row) => columns.map(({ name }) => shown(row[name]))),
  ];
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => line[at]!.length)));
  const lineOf = (line: readonly string[], block: readonly number[]): string =>
    block
      .map((at) => line[at]!.padEnd(widths[at]!))
      .join(GAP)
      .trimEnd();
  return blocksOf(widths)
    .map((block) => lines.map((line) => lineOf(line, block)).join('\n'))
    .join('\n\n');
}

export function columnOf(name: string): Column {
  return { name, heading: name };
}

/** The places of the columns that fit next to each other, block by block; each begins with the first column. */
function blocksOf(widths: readonly number[]): number[][] {
  const blocks = [[0]];
  let width = widths[0]!;
  for (const [at, own] of [...widths.entries()].slice(1)) {
    if (width + GAP.length + own > WIDEST) {
      blocks.push([0]);
      width = widths[0]!;
    }
    blocks.at(-1)!.push(at);
    width += GAP.length + own;
  }
  return blocks;
}

/** Text in lines that are no wider than a table; those after the first one are indented. */
export function wrapped(text: string): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (line !== '' && line.length + 1 + word.length > WIDEST) lines.push(`  ${word}`);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join('\n');
}

/** The same as CSV (RFC 4180), with what is nested as JSON. */
export function csvOf(rows: readonly TableRow[], columns = columnsOf(rows)): string {
  const cells = rows.map((row) => columns.map((name) => plain(row[name])));
  return stringify([columns, ...cells], { record_delimiter: '\r\n', escape_formulas: true });
}

function columnsOf(rows: readonly TableRow[]): string[] {
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  return [...names].filter((name) => !HIDDEN.has(name));
}

function plain(value: unknown): string | number | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value);
}
