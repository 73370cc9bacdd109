import type { Database, Statement } from 'better-sqlite3';
import type { CoveredTable } from './covered-tables.ts';
import type { KnownRows, SeenRow } from './known-rows.ts';
import { digestOf, groupTextSql, keySql, rowTextSql } from './row-text.ts';
import { rowInWords } from './row-words.ts';
import type { Findings } from './rows-report.ts';

const PAGE_ROWS = 500;

interface Scanned {
  readonly place: unknown;
  readonly key: unknown;
  readonly text: string | null;
}

/**
 * One pass over a table: each row as the record knows it, and each row that the record knows.
 * @param head the last event: what is named for a row that no event tells of
 * @returns the number of rows that it looked at
 */
export function scanRows(
  database: Database,
  covered: CoveredTable,
  known: KnownRows,
  findings: Findings,
  head: number,
): number {
  const { table } = covered;
  let checked = 0;
  for (const { key: raw, text } of rowsOf(database, covered)) {
    if (text === null) continue;
    checked += 1;
    const key = Buffer.isBuffer(raw) ? `X${raw.toString('hex')}` : String(raw);
    const last = known.see(table, key);
    if (last?.times === 1 && last.digest === digestOf(text)) continue;
    const event = last?.event ?? head;
    findings.add({ table, key, event, says: otherwise(last, rowInWords(table, key)) });
  }
  for (const { key, event } of known.unseen(table, PAGE_ROWS)) {
    const says = `states ${rowInWords(table, key)}, which another program has deleted`;
    findings.add({ table, key, event, says });
  }
  return checked;
}

function otherwise(last: SeenRow | undefined, words: string): string {
  if (!last) return `is the last, and no event tells of ${words}: another program has put it in`;
  if (last.digest === null) return `deletes ${words}: another program has put it in again`;
  if (last.times > 1) return `states ${words}, which is there ${last.times} times`;
  return `states ${words} otherwise: another program has changed it`;
}

/** A page at a time: a cursor that fails on a damaged page would keep the connection busy. */
function* rowsOf(database: Database, covered: CoveredTable): Generator<Scanned> {
  const [first, next] = covered.orderedBy ? groupPages(database, covered) : rowPages(database, covered);
  for (let rows = first.all() as Scanned[]; rows.length > 0;) {
    yield* rows;
    if (rows.length < PAGE_ROWS) return;
    rows = next.all(rows.at(-1)!.place) as Scanned[];
  }
}

function rowPages(database: Database, covered: CoveredTable) {
  const { table, when = '1' } = covered;
  const text = rowTextSql(database, covered, 'r');
  // Rowids of 64 bits: a row may be hidden at any.
  return ['', 'WHERE r."rowid" > ?'].map((where) =>
    database
      .prepare<unknown[]>(
        `SELECT r."rowid" AS "place", ${keySql(covered, 'r')} AS "key", CASE WHEN ${when} THEN ${text} END AS "text"
        FROM "${table}" AS r ${where} ORDER BY r."rowid" LIMIT ${PAGE_ROWS}`,
      )
      .safeIntegers(true),
  ) as [Pages, Pages];
}

type Pages = Statement<unknown[]>;

function groupPages(database: Database, covered: CoveredTable): [Pages, Pages] {
  const { table, when = '1' } = covered;
  const key = covered.key[0]!;
  const text = groupTextSql(database, covered, `r."${key}"`);
  return ['', `WHERE "${key}" > ?`].map((where) =>
    database.prepare<unknown[]>(
      `SELECT r."${key}" AS "place", r."${key}" AS "key", CASE WHEN ${when} THEN ${text} END AS "text"
      FROM (SELECT DISTINCT "${key}" FROM "${table}" ${where} ORDER BY "${key}" LIMIT ${PAGE_ROWS}) AS r`,
    ),
  ) as [Pages, Pages];
}
