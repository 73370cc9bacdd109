import Sqlite from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { append } from '../chain/append.ts';
import type { ChainRow, Statement } from '../chain/chain-row.ts';
import { migrate } from '../file/migrate.ts';
import { MIGRATIONS } from '../file/migrations.ts';
import { makeTriggers } from '../rows/triggers.ts';
import { MIGRATION_TABLE } from '../schema/expected-schema.ts';

/** A station's database file with the real schema and triggers, in a folder of its own. */
export class StationFile {
  readonly folder = mkdtempSync(join(tmpdir(), 'boardwalk-records-'));
  readonly path = join(this.folder, 'boardwalk.db');
  database: Sqlite.Database = new Sqlite(this.path);

  /** With the schema as it was before the migration `until`, or the present one. */
  constructor(until?: string) {
    this.database.pragma('journal_mode = WAL');
    if (until === undefined) migrate(this.path);
    else this.apply('', until);
  }

  /** After another program has closed it and put something else in its place. */
  reopen(): void {
    this.database.close();
    this.database = new Sqlite(this.path);
  }

  /** Applies the migrations with names from `from` on and before `until`. */
  apply(from: string, until: string): void {
    this.database.exec(MIGRATION_TABLE);
    const note = this.database.prepare('INSERT INTO "Migration" VALUES (?, ?, ?)');
    for (const name of readdirSync(MIGRATIONS).sort()) {
      if (name >= until || name < from) continue;
      const sql = readFileSync(join(MIGRATIONS, name, 'migration.sql'), 'utf8');
      this.database.exec(sql);
      note.run(name, createHash('sha256').update(sql).digest('hex'), '2026-01-01T00:00:00.000Z');
    }
    makeTriggers(this.database);
  }

  /** Adds `count` rows, every second one erasable. */
  fill(count: number, change: Partial<Statement> = {}): ChainRow[] {
    const add = this.database.transaction(() =>
      Array.from({ length: count }, (_, index) =>
        append(this.database, {
          at: new Date(Date.UTC(2026, 0, 1 + index)).toISOString(),
          type: index % 2 === 0 ? 'job.changed' : 'run.step',
          subject: `job/job_${index % 3}`,
          actor: 'anna',
          role: 'engineer',
          reason: null,
          data: { state: `s${index}`, wert: 'Ü€ \u2028"' },
          ...change,
        }),
      ),
    );
    return add.immediate();
  }

  /** Changes the file as nobody with the triggers in place could, and puts them back as a careful forger does. */
  tamper(sql: string): void {
    const triggers = this.database
      .prepare(`SELECT "name", "sql" FROM sqlite_schema WHERE "type" = 'trigger'`)
      .all() as { name: string; sql: string }[];
    const forge = this.database.transaction(() => {
      for (const { name } of triggers) this.database.exec(`DROP TRIGGER "${name}"`);
      this.database.exec(sql);
      for (const trigger of triggers) this.database.exec(trigger.sql);
    });
    forge();
  }

  remove(): void {
    this.database.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
