import Sqlite, { type Database } from 'better-sqlite3';
import type { Author } from '../chain/author.ts';
import { append, headOf } from '../chain/append.ts';
import type { Head } from '../chain/chain-row.ts';
import { beginGeneration, generationOf, type Generation } from './generation.ts';
import { recorded } from '../rows/recorded.ts';
import { carryGenerations, carryOver, type CarriedOver } from './carry-over.ts';
import { sync } from './disk.ts';
import { attachReplaced, type Relation } from './replaced-file.ts';

/** What the row of the record names of a restore. */
export interface Restored {
  readonly backup: string;
  readonly head: Head;
  readonly replaced: Head | null;
  readonly origin: string;
}

export interface RecordedRestore {
  readonly relation: Relation;
  readonly carried: CarriedOver | null;
  readonly generation: Generation;
}

/** Carries over, begins the generation and says both in the record: one transaction of the file that is to be put in place. */
export function recordRestore(
  fresh: string,
  databaseFile: string,
  restored: Restored,
  author: Author,
  now: Date,
): RecordedRestore {
  const database = new Sqlite(fresh);
  let result: RecordedRestore;
  try {
    database.pragma('synchronous = FULL');
    database.pragma('trusted_schema = OFF');
    const relation = attachReplaced(database, databaseFile);
    result = recorded(database, () => record(database, relation, restored, author, now));
    if (attached(database)) database.exec('DETACH DATABASE "replaced"');
    database.pragma('main.wal_checkpoint(TRUNCATE)');
  } finally {
    database.close();
  }
  sync(fresh);
  return result;
}

function record(
  database: Database,
  relation: Relation,
  restored: Restored,
  author: Author,
  now: Date,
): RecordedRestore {
  const at = now.toISOString();
  const tells = relation !== 'another' && relation !== 'unreadable';
  const carried = tells ? carryOver(database, relation, headOf(database).id + 1) : null;
  const wasClosed = generationOf(database)?.closed ?? false;
  const replacedClosed = tells && carryGenerations(database);
  const generation = beginGeneration(database, at, !tells || wasClosed || replacedClosed);
  append(database, {
    ...{ at, type: 'station.restored', subject: 'station', ...author },
    data: { ...restored, relation, carried, generation: generation.id, closed: generation.closed },
  });
  return { relation, carried, generation };
}

function attached(database: Database): boolean {
  return (database.pragma('database_list') as { name: string }[]).some(({ name }) => name === 'replaced');
}
