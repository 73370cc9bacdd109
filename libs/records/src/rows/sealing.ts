import type { Database } from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { append } from '../chain/append.ts';
import { COVERED_TABLES, type CoveredTable } from './covered-tables.ts';
import { recorded } from './recorded.ts';
import { digestOf, groupTextSql, keySql, rowTextSql } from './row-text.ts';
import { SEALED_TYPE, sealStateOf } from './seal-state.ts';
import { coveredIn } from './triggers.ts';

/** How many rows, or rowids without one, a step looks at before it looks at its time. */
const STRIDE = 50;
const HASHED_AT_ONCE = 1000;

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

  constructor(private readonly now: () => number = () => performance.now()) {}

  /**
   * One step.
   * @param budgetMs how long it may take, the commit not counted
   * @returns whether all is sealed
   */
  step(database: Database, budgetMs: number): boolean {
    switch (sealStateOf(database)) {
      case 'none':
        recorded(database, () => this.#begin(database));
        return false;
      case 'open':
        recorded(database, () => this.#sealPage(database, this.now() + budgetMs));
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
    for (const place of places as Place[]) {
      const covered = COVERED_TABLES.find(({ table }) => table === place.table);
      const last = covered ? sealRows(database, covered, place.position, () => this.now() < until) : null;
      database
        .prepare('UPDATE "Sealing" SET "position" = ?, "done" = ? WHERE "table" = ?')
        .run(last ?? place.position, last === null ? 1 : 0, place.table);
      if (last !== null) return;
    }
  }

  #hashPage(database: Database, until: number): boolean {
    const page = database.prepare(
      `SELECT "table", "key", "digest" FROM "Sealed" WHERE ("table", "key") > (?, ?)
      ORDER BY "table", "key" LIMIT ${HASHED_AT_ONCE}`,
    );
    do {
      const rows = page.all(this.#hashed.table, this.#hashed.key) as SealedRow[];
      for (const row of rows) {
        this.#hash.update(sealedLine(row));
        this.#tables[row.table] = (this.#tables[row.table] ?? 0) + 1;
        this.#hashed = row;
      }
      if (rows.length < HASHED_AT_ONCE) {
        recorded(database, () => this.#say(database));
        return true;
      }
    } while (this.now() < until);
    return false;
  }

  #say(database: Database): void {
    const rows = Object.values(this.#tables).reduce((sum, count) => sum + count, 0);
    const data: Sealed = { rows, sha256: this.#hash.digest('hex'), tables: this.#tables };
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

/** @returns the last rowid looked at, or null when there are no more */
function sealRows(
  database: Database,
  covered: CoveredTable,
  after: number,
  more: () => boolean,
): number | null {
  const { table, when = '1' } = covered;
  // A row that was changed since the sealing began is there already, as it is now.
  const put = database.prepare('INSERT OR IGNORE INTO "Sealed" VALUES (?, ?, ?)');
  const text = covered.orderedBy
    ? groupTextSql(database, covered, keySql(covered, 'r'))
    : rowTextSql(database, covered, 'r');
  const page = database.prepare(
    `SELECT r."rowid" AS "place", ${keySql(covered, 'r')} AS "key", CASE WHEN ${when} THEN ${text} END AS "text"
    FROM "${table}" AS r WHERE r."rowid" > ? ORDER BY r."rowid" LIMIT ${STRIDE}`,
  );
  let last = after;
  do {
    const rows = page.all(last) as { place: number; key: unknown; text: string | null }[];
    for (const { key, text: content } of rows)
      if (content !== null) put.run(table, String(key), digestOf(content));
    if (rows.length < STRIDE) return null;
    last = rows.at(-1)!.place;
  } while (more());
  return last;
}
