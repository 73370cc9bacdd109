import { stringify } from 'csv-stringify/sync';

export type TableRow = Readonly<Record<string, unknown>>;

/** Columns that are for programs: links and what is long. */
const HIDDEN: ReadonlySet<string> = new Set([
  'links',
  'findings',
  'steps',
  'identity',
  'assessment',
  'patches',
]);

/** A table for people: a line of headings, then a line a row, in columns. */
export function tableOf(rows: readonly TableRow[], columns = columnsOf(rows)): string {
  const lines = [columns, ...rows.map((row) => columns.map((name) => shown(row[name])))];
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => line[at]!.length)));
  return lines
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(widths[at]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
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

interface Shared {
  readonly count: number;
  readonly of: number;
  readonly share: number | null;
  readonly low?: number | null;
  readonly high?: number | null;
}

/** A share as `97/100 97.0 % (91.5 to 99.0)`, never without its n. */
function shown(value: unknown): string {
  if (value === null || value === undefined) return '-';
  if (typeof value === 'number')
    return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
  if (typeof value !== 'object') return typeof value === 'string' ? value : JSON.stringify(value);
  if ('of' in value && 'share' in value) return shareOf(value as Shared);
  const parts = Object.entries(value).map(([name, part]) => `${name} ${shown(part)}`);
  return parts.length === 0 ? '-' : parts.join(', ');
}

function shareOf({ count, of, share, low, high }: Shared): string {
  if (share === null) return `${count}/${of}`;
  const percent = (part: number): string => (part * 100).toFixed(1);
  const interval = low == null || high == null ? '' : ` (${percent(low)} to ${percent(high)})`;
  return `${count}/${of} ${percent(share)} %${interval}`;
}
