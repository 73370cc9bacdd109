import type { Database } from 'better-sqlite3';
import { randomBytes } from 'node:crypto';
import type { Author } from '../chain/author.ts';
import { RecordsError } from '../errors.ts';
import { recorded } from '../rows/recorded.ts';
import { append } from '../chain/append.ts';

/** The present life of a record: ids of events are given once in each. */
export interface Generation {
  readonly number: number;
  readonly id: string;
  readonly startedAt: string;
  readonly why: 'created' | 'restored';
  /** Serials that were given since the backup are not known: none is given until a person opens the station. */
  readonly closed: boolean;
}

/** @returns null for a file of a version without generations */
export function generationOf(database: Database): Generation | null {
  const has = database.prepare(`SELECT 1 FROM sqlite_schema WHERE "name" = 'Generation'`).get();
  if (!has) return null;
  const row = database
    .prepare(
      'SELECT "number", "id", "startedAt", "why", "closed" FROM "Generation" ORDER BY "number" DESC LIMIT 1',
    )
    .safeIntegers(false)
    .get() as (Omit<Generation, 'closed'> & { closed: number }) | undefined;
  return row ? { ...row, closed: row.closed !== 0 } : null;
}

/** The generation after a restore. Call within its transaction. */
export function beginGeneration(database: Database, at: string, closed: boolean): Generation {
  const number = (generationOf(database)?.number ?? 0) + 1;
  const id = `gen_${randomBytes(10).toString('hex')}`;
  database
    .prepare('INSERT INTO "Generation" ("number", "id", "startedAt", "why", "closed") VALUES (?, ?, ?, ?, ?)')
    .run(number, id, at, 'restored', closed ? 1 : 0);
  return { number, id, startedAt: at, why: 'restored', closed };
}

/**
 * A person takes it on that no serial is given twice: ranges give again, and boards with unknown serials run.
 * @throws RecordsError where nothing is closed
 */
export function openGeneration(database: Database, author: Author, now = new Date()): Generation {
  return recorded(database, () => {
    const generation = generationOf(database);
    if (!generation?.closed) throw new RecordsError('records.open', {});
    const at = now.toISOString();
    database
      .prepare('UPDATE "Generation" SET "closed" = 0, "openedBy" = ?, "openedAt" = ? WHERE "number" = ?')
      .run(author.actor, at, generation.number);
    append(database, {
      ...{ at, type: 'record.opened', subject: 'record', ...author },
      data: { generation: generation.id },
    });
    return { ...generation, closed: false };
  });
}
