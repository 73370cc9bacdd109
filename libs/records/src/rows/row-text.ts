import type { Database } from 'better-sqlite3';
import { createHash } from 'node:crypto';
import type { CoveredTable } from './covered-tables.ts';

/** Of 43 digits in base64url: 132 bits of SHA-256, more than anyone can search for a second row with the same. */
const DIGEST_DIGITS = 22;

interface Column {
  readonly name: string;
  readonly dflt_value: string | null;
}

/** A row's or a group's digest: the beginning of the SHA-256 of its text. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('base64url').slice(0, DIGEST_DIGITS);
}

/**
 * SQL for the text of a row: a line `name=value` a column, in the order of their names. Text as JSON has it, whole
 * numbers by their digits, others with 17 digits and a point, bytes as `X` and hex: no two values have one text. A
 * column at its default has no line, so that a column which a later version adds leaves the digests valid.
 * @param row the alias that the columns are taken from: `OLD` in a trigger
 */
export function rowTextSql(database: Database, { table }: CoveredTable, row: string): string {
  const columns = database.pragma(`table_xinfo("${table}")`) as Column[];
  const lines = columns
    .map(({ name, dflt_value }) => ({ name, value: `${row}."${name}"`, unsaid: dflt_value ?? 'NULL' }))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .map(
      ({ name, value, unsaid }) =>
        `CASE WHEN ${value} IS ${unsaid} THEN '' ELSE '${name}=' || CASE typeof(${value}) ` +
        `WHEN 'real' THEN printf('%!.17g', ${value}) WHEN 'blob' THEN 'X' || hex(${value}) ` +
        `ELSE json_quote(${value}) END || char(10) END`,
    );
  return lines.join(' || ');
}

/** SQL for the text of the group with this key: its rows in their order; null where it has none. */
export function groupTextSql(database: Database, covered: CoveredTable, key: string): string {
  const { table, orderedBy } = covered;
  const text = rowTextSql(database, covered, 'g');
  return (
    `(SELECT group_concat("text", char(10)) FROM (SELECT ${text} AS "text" FROM "${table}" AS g ` +
    `WHERE g."${covered.key[0]!}" = ${key} ORDER BY g."${orderedBy!}"))`
  );
}

/** SQL for a row's key as one text: the value itself, or a JSON array of several, where bytes are `X` and hex. */
export function keySql({ key }: CoveredTable, row: string): string {
  if (key.length === 1) return `${row}."${key[0]!}"`;
  const columns = key.map((name) => {
    const value = `${row}."${name}"`;
    return `CASE typeof(${value}) WHEN 'blob' THEN 'X' || hex(${value}) ELSE ${value} END`;
  });
  return `json_array(${columns.join(', ')})`;
}

/** SQL that is true for the row whose key is `key`; an index of the table serves it. */
export function hasKeySql({ key: columns }: CoveredTable, row: string, key: string): string {
  if (columns.length === 1) return `${row}."${columns[0]!}" = ${key}`;
  return columns.map((name, at) => `${row}."${name}" = json_extract(${key}, '$[${at}]')`).join(' AND ');
}
