import Sqlite from 'better-sqlite3';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { append } from '../chain/append.ts';
import type { ChainRow, Statement } from '../chain/chain-row.ts';
import { migrate } from '../file/migrate.ts';

const MIGRATIONS = fileURLToPath(new URL('../../../../prisma/migrations', import.meta.url));

/** A station's database file with the real schema and triggers, in a folder of its own. */
export class StationFile {
  readonly folder = mkdtempSync(join(tmpdir(), 'boardwalk-records-'));
  readonly path = join(this.folder, 'boardwalk.db');
  readonly database: Sqlite.Database = new Sqlite(this.path);

  /** With the schema as it was before the migration `until`, or the present one. */
  constructor(until?: string) {
    this.database.pragma('journal_mode = WAL');
    if (until === undefined) migrate(this.path);
    else this.apply('', until);
  }

  /** Applies the migrations with names from `from` on and before `until`, without a word of it in the file. */
  apply(from: string, until: string): void {
    for (const name of readdirSync(MIGRATIONS).sort())
      if (name < until && name >= from)
        this.database.exec(readFileSync(join(MIGRATIONS, name, 'migration.sql'), 'utf8'));
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

  /** Changes the file as nobody with the triggers in place could. */
  tamper(sql: string): void {
    this.database.exec(
      'DROP TRIGGER IF EXISTS "Event_no_update"; DROP TRIGGER IF EXISTS "Event_no_delete"; DROP TRIGGER IF EXISTS "Event_linked"',
    );
    this.database.exec(sql);
  }

  remove(): void {
    this.database.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
