import Sqlite, { type Database, type Statement } from 'better-sqlite3';
import type { RowChange } from './settle.ts';

/** A row as the record last said it: its digest (null: it was deleted), and the event that said so. */
export interface KnownRow {
  readonly key: string;
  readonly digest: string | null;
  readonly event: number;
}

/** The same of a row that was found in its table, so many times. */
export interface SeenRow extends Omit<KnownRow, 'key'> {
  readonly times: number;
}

/**
 * The last digest of every row that the record tells of. SQLite keeps them in a file of its own that it deletes by
 * itself, so a check needs the same memory for any number of runs.
 */
export class KnownRows {
  readonly #file: Database;
  readonly #statements: Record<'add' | 'change' | 'put' | 'get' | 'see' | 'unseen' | 'highest', Statement>;

  constructor() {
    this.#file = new Sqlite('');
    this.#file.pragma('journal_mode = OFF');
    this.#file.pragma('synchronous = OFF');
    this.#file.pragma('cache_size = -32000');
    this.#file.exec(
      `CREATE TABLE "Known" ("table" TEXT, "key" TEXT, "digest" TEXT, "event" INTEGER, "seen" INTEGER DEFAULT 0,
        PRIMARY KEY ("table", "key")) WITHOUT ROWID; BEGIN`,
    );
    const prepare = (sql: string): Statement => this.#file.prepare(sql);
    const row = '"table" = @table AND "key" = @key';
    this.#statements = {
      add: prepare(
        `INSERT INTO "Known" VALUES (@table, @key, @now, @event, 0) ON CONFLICT DO UPDATE
        SET "digest" = @now, "event" = @event WHERE "digest" IS NULL`,
      ),
      change: prepare(
        `UPDATE "Known" SET "digest" = @now, "event" = @event WHERE ${row} AND "digest" = @before`,
      ),
      put: prepare('INSERT OR REPLACE INTO "Known" VALUES (@table, @key, @now, @event, 0)'),
      get: prepare(`SELECT "key", "digest", "event" FROM "Known" WHERE ${row}`),
      see: prepare(
        `UPDATE "Known" SET "seen" = "seen" + 1 WHERE ${row} RETURNING "digest", "event", "seen" AS "times"`,
      ),
      unseen: prepare(
        `SELECT "key", "digest", "event" FROM "Known"
        WHERE "table" = ? AND "digest" IS NOT NULL AND "seen" = 0 LIMIT ?`,
      ),
      highest: prepare('SELECT max(CAST("key" AS INTEGER)) FROM "Known" WHERE "table" = ?').pluck(),
    };
  }

  /** A row as the event sealed it. */
  seal(table: string, key: string, now: string, event: number): void {
    this.#statements.put.run({ table, key, now, event });
  }

  /** A change that the chain tells of. @returns whether the row was, before it, as the record knows it */
  change(table: string, key: string, change: RowChange, event: number): boolean {
    const [before, now] = typeof change === 'string' ? [null, change] : change;
    const { add, change: update, put } = this.#statements;
    const done =
      before === null ? add.run({ table, key, now, event }) : update.run({ table, key, before, now, event });
    if (done.changes === 1) return true;
    put.run({ table, key, now, event });
    return false;
  }

  /** Notes that the row is in its table. @returns how the record knows it */
  see(table: string, key: string): SeenRow | undefined {
    return this.#statements.see.get({ table, key }) as SeenRow | undefined;
  }

  get(table: string, key: string): KnownRow | undefined {
    return this.#statements.get.get({ table, key }) as KnownRow | undefined;
  }

  /** Rows that the record knows and `see` was not called for. */
  unseen(table: string, limit: number): KnownRow[] {
    return this.#statements.unseen.all(table, limit) as KnownRow[];
  }

  /** The highest number that the record knows as a key. */
  highest(table: string): number {
    return (this.#statements.highest.get(table) as number | null) ?? 0;
  }

  close(): void {
    this.#file.close();
  }
}
