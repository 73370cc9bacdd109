import type { Database, Statement } from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { append } from '../chain/append.ts';
import { COVERED_TABLES, type CoveredTable } from './covered-tables.ts';
import { recorded } from './recorded.ts';
import { digestOf, groupTextSql, keySql, rowTextSql } from './row-text.ts';
import { SEALED_TYPE, sealStateOf } from './seal-state.ts';
import { coveredIn } from './triggers.ts';

/** The most rows that one step looks at, on any machine. */
export const STEP_ROWS = 200;
/** The same for digests alone: to read one costs a tenth of a row. */
export const STEP_DIGESTS = 2000;
/** Rows, and digests, after which a step looks at its time. */
const ROWS_STRIDE = 20;
const DIGESTS_STRIDE = 200;

/** What the one event says of the rows that are older than digests in the chain. */
export interface Sealed {
  readonly rows: number;
  /** SHA-256 over `table`, `key` and `digest` of each sealed row, a line each, in the order of table and key. */
  readonly sha256: string;
  readonly tables: Readonly<Record<string, number>>;
}

interface Place {
  readonly table: string;
  readonly position: number;
}

/**
 * Seals the rows that an earlier version wrote, in steps of a few milliseconds: their digests go into "Sealed", and at
 * the end the digest of them all into the chain, in one event. Each step is one transaction; after a crash the next
 * sealing goes on from the last one.
 */
export class RowSealing {
  #hash = createHash('sha256');
  #hashed: { table: string; key: string } = { table: '', key: '' };
  #tables: Record<string, number> = {};
  #looked = 0;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Rows or digests that the last step looked at. */
  get looked(): number {
    return this.#looked;
  }

  /**
   * One step: {@link STEP_ROWS} or {@link STEP_DIGESTS} at most, and fewer where they take long.
   * @param budgetMs how long it may take, the commit not counted
   * @returns whether all is sealed
   */
  step(database: Database, budgetMs: number): boolean {
    this.#looked = 0;
    switch (sealStateOf(database)) {
      case 'none':
        recorded(database, () => this.#begin(database));
        return false;
      case 'open':
        lightly(database, () => this.#sealPage(database, this.now() + budgetMs));
        return false;
      case 'frozen':
        return this.#hashPage(database, this.now() + budgetMs);
      case 'sealed':
        return true;
    }
  }

  #begin(database: Database): void {
    database.exec('DELETE FROM "Sealed"');
    const add = database.prepare('INSERT INTO "Sealing" ("table") VALUES (?)');
    for (const { table } of coveredIn(database)) add.run(table);
  }

  #sealPage(database: Database, until: number): void {
    const places = database.prepare('SELECT "table", "position" FROM "Sealing" WHERE NOT "done"').all();
    for (const { table, position } of places as Place[]) {
      const covered = COVERED_TABLES.find((each) => each.table === table);
      const last = covered ? this.#sealRows(database, covered, position, until) : null;
      database
        .prepare('UPDATE "Sealing" SET "position" = ?, "done" = ? WHERE "table" = ?')
        .run(last ?? position, last === null ? 1 : 0, table);
      if (last !== null || !this.#goesOn(STEP_ROWS, until)) return;
    }
  }

  /** @returns the last rowid looked at, or null when there are no more */
  #sealRows(database: Database, covered: CoveredTable, after: number, until: number): number | null {
    // A row that was changed since the sealing began is there already, as it is now.
    const put = database.prepare('INSERT OR IGNORE INTO "Sealed" VALUES (?, ?, ?)');
    const page = pageOf(database, covered);
    let last = after;
    do {
      const limit = Math.min(ROWS_STRIDE, STEP_ROWS - this.#looked);
      const rows = page.all(last, limit) as OlderRow[];
      this.#looked += rows.length;
      for (const { key, text } of rows)
        if (text !== null) put.run(covered.table, String(key), digestOf(text));
      if (rows.length < limit) return null;
      last = rows.at(-1)!.place;
    } while (this.#goesOn(STEP_ROWS, until));
    return last;
  }

  #goesOn(most: number, until: number): boolean {
    return this.#looked < most && this.now() < until;
  }

  #hashPage(database: Database, until: number): boolean {
    const page = database.prepare(
      `SELECT "table", "key", "digest" FROM "Sealed" WHERE ("table", "key") > (?, ?)
      ORDER BY "table", "key" LIMIT ${DIGESTS_STRIDE}`,
    );
    do {
      const rows = page.all(this.#hashed.table, this.#hashed.key) as SealedRow[];
      this.#looked += rows.length;
      for (const row of rows) {
        this.#hash.update(sealedLine(row));
        this.#tables[row.table] = (this.#tables[row.table] ?? 0) + 1;
        this.#hashed = row;
      }
      if (rows.length < DIGESTS_STRIDE) {
        recorded(database, () => this.#say(database));
        return true;
      }
    } while (this.#goesOn(STEP_DIGESTS, until));
    return false;
  }

  #say(database: Database): void {
    const rows = Object.values(this.#tables).reduce((sum, count) => sum + count, 0);
    // Of a copy: where the disk is full, the next step says it again.
    const data: Sealed = { rows, sha256: this.#hash.copy().digest('hex'), tables: this.#tables };
    append(database, {
      ...{ at: new Date().toISOString(), type: SEALED_TYPE, subject: 'record' },
      ...{ actor: 'station', role: 'station', reason: null, data },
    });
  }
}

export interface SealedRow {
  readonly table: string;
  readonly key: string;
  readonly digest: string;
}

/** What counts of a sealed row in the digest of them all. */
export function sealedLine({ table, key, digest }: SealedRow): string {
  return `${table}\n${key}\n${digest}\n`;
}

interface OlderRow {
  readonly place: number;
  readonly key: unknown;
  readonly text: string | null;
}

const pages = new WeakMap<Database, Map<string, Statement>>();

/** The next rows after a rowid. Prepared once a connection: the columns do not change while one seals. */
function pageOf(database: Database, covered: CoveredTable): Statement {
  const { table } = covered;
  const known = pages.get(database) ?? new Map<string, Statement>();
  pages.set(database, known);
  let page = known.get(table);
  if (!page) known.set(table, (page = database.prepare(pageSql(database, covered))));
  return page;
}

function pageSql(database: Database, covered: CoveredTable): string {
  const { table, when = '1' } = covered;
  const key = keySql(covered, 'r');
  const text = covered.orderedBy ? groupTextSql(database, covered, key) : rowTextSql(database, covered, 'r');
  return `SELECT r."rowid" AS "place", ${key} AS "key", CASE WHEN ${when} THEN ${text} END AS "text"
    FROM "${table}" AS r WHERE r."rowid" > ? ORDER BY r."rowid" LIMIT ?`;
}

/**
 * A transaction that does not wait for the disk (sqlite.org/pragma.html#pragma_synchronous): after a power cut the record
 * may be as it was some steps earlier, whole, and those steps are done again.
 */
function lightly(database: Database, work: () => void): void {
  const before = database.pragma('synchronous', { simple: true });
  database.pragma('synchronous = NORMAL');
  try {
    recorded(database, work);
  } finally {
    database.pragma(`synchronous = ${Number(before)}`);
  }
}
