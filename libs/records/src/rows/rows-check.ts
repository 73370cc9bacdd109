import type { Database } from 'better-sqlite3';
import { createHash } from 'node:crypto';
import type { ChainRow } from '../chain/chain-row.ts';
import { KnownRows } from './known-rows.ts';
import { rowInWords } from './row-words.ts';
import { Findings, type RowsReport } from './rows-report.ts';
import { scanRows } from './scan-rows.ts';
import { sealedLine, type Sealed, type SealedRow } from './sealing.ts';
import { SEALED_TYPE } from './seal-state.ts';
import { ROWS_TYPE, type RowChanges } from './settle.ts';
import { coveredIn } from './triggers.ts';

interface SealedEvent {
  readonly event: number;
  readonly at: string;
  readonly data: Sealed;
}

const PAGE_ROWS = 1000;
const NOT_COVERED: RowsReport = { sealed: null, checked: 0, coverage: [], findings: [], found: 0 };

/**
 * Holds the rows of the covered tables against the record, in one pass over the chain and one over each table: sealed
 * rows as they were sealed, then each change that the chain tells of must begin with the row as it was known, and the
 * table must show it as it ended. So a row that was forged between two changes of the station is found as well.
 */
export class RowsCheck {
  readonly #known = new KnownRows();
  readonly #findings = new Findings();
  readonly #sealed: SealedEvent | null;

  constructor(private readonly database: Database) {
    this.#sealed = sealedEventOf(database);
    if (this.#sealed) this.#loadSealed(this.#sealed);
  }

  /** Takes note of each row of the chain that passes. */
  *watch(rows: Iterable<ChainRow>): Generator<ChainRow> {
    for (const row of rows) {
      yield row;
      // The reader asks for the next one only after it has found this one whole.
      if (!this.#sealed || row.data === null) continue;
      if (row.type === ROWS_TYPE) this.#follow(row.id, JSON.parse(row.data) as RowChanges);
      else if (row.type === SEALED_TYPE && row.id !== this.#sealed.event)
        this.#add('Sealed', 'all', row.id, 'seals rows a second time, which no station does');
    }
  }

  /** @param head the last row of a chain that was found whole */
  report(head: number): RowsReport {
    const sealed = this.#sealed;
    if (!sealed) return NOT_COVERED;
    const { event, at, data } = sealed;
    let checked = 0;
    const tables = coveredIn(this.database);
    for (const covered of tables)
      checked += scanRows(this.database, covered, this.#known, this.#findings, head);
    this.#checkGivenNumbers(head);
    return {
      sealed: { event, at, rows: data.rows },
      checked,
      coverage: tables.map(({ table }) => ({ table, sealed: data.tables[table] ?? 0 })),
      findings: this.#findings.listed,
      found: this.#findings.count,
    };
  }

  close(): void {
    this.#known.close();
  }

  #loadSealed({ event, data }: SealedEvent): void {
    const page = this.database.prepare(
      `SELECT "table", "key", "digest" FROM "Sealed" WHERE ("table", "key") > (?, ?)
      ORDER BY "table", "key" LIMIT ${PAGE_ROWS}`,
    );
    const hash = createHash('sha256');
    let last: SealedRow = { table: '', key: '', digest: '' };
    for (let rows: SealedRow[] = [last]; rows.length > 0;) {
      rows = page.all(last.table, last.key) as SealedRow[];
      for (const row of rows) {
        hash.update(sealedLine(row));
        this.#known.seal(row.table, row.key, row.digest, event);
        last = row;
      }
    }
    if (hash.digest('hex') !== data.sha256)
      this.#add('Sealed', 'all', event, 'states another digest of the sealed rows: table Sealed was changed');
  }

  #follow(event: number, changes: RowChanges): void {
    for (const [table, rows] of Object.entries(changes))
      for (const [key, change] of Object.entries(rows)) {
        const before = this.#known.get(table, key);
        if (this.#known.change(table, key, change, event)) continue;
        const since = before === undefined ? 'was put in' : `was changed after event ${before.event}`;
        this.#add(table, key, event, `found that ${rowInWords(table, key)} ${since}, by another program`);
      }
  }

  /** A number is given once: SQLite must not forget how far it was. */
  #checkGivenNumbers(head: number): void {
    const rows = this.database.prepare('SELECT "name", "seq" FROM "sqlite_sequence"').all();
    const given = new Map((rows as { name: string; seq: number }[]).map(({ name, seq }) => [name, seq]));
    for (const { table, key } of coveredIn(this.database)) {
      const sql = this.database
        .prepare(`SELECT "sql" FROM sqlite_schema WHERE "type" = 'table' AND "name" = ?`)
        .pluck();
      if (!/AUTOINCREMENT/i.test(String(sql.get(table)))) continue;
      const highest = this.#known.highest(table);
      if ((given.get(table) ?? 0) >= highest) continue;
      const says = `is the last, and ${key[0]!} ${highest} of table ${table} was given, but table sqlite_sequence was set back to ${given.get(table) ?? 'nothing'}`;
      this.#add('sqlite_sequence', table, head, says);
    }
  }

  #add(table: string, key: string, event: number, says: string): void {
    this.#findings.add({ table, key, event, says });
  }
}

function sealedEventOf(database: Database): SealedEvent | null {
  const row = database
    .prepare(
      `SELECT "id" AS event, "at", "data" FROM "Event" WHERE "type" = '${SEALED_TYPE}' ORDER BY "id" LIMIT 1`,
    )
    .get() as { event: number; at: string; data: string } | undefined;
  if (!row) return null;
  try {
    return { ...row, data: JSON.parse(row.data) as Sealed };
  } catch {
    // It was changed: the check of the chain says so.
    return null;
  }
}
