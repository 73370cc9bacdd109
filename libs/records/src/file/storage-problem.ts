import { RecordsError } from '../errors.ts';

/** What is wrong with where the records lie: a stable code, what a person reads, and what to do. */
export interface StorageProblem {
  readonly code:
    'disk-full' | 'data-read-only' | 'data-gone' | 'database-locked' | 'database-damaged' | 'disk-failing';
  readonly says: string;
  readonly remedy: string;
}
export type StorageCode = StorageProblem['code'];

export const STORAGE_PROBLEMS: Readonly<Record<StorageCode, StorageProblem>> = {
  'disk-full': {
    code: 'disk-full',
    says: 'The disk of the data folder is full.',
    remedy: 'Free some space; the station goes on by itself.',
  },
  'data-read-only': {
    code: 'data-read-only',
    says: 'The data folder cannot be written.',
    remedy: 'Make it writable for the station’s user, or mount it anew; the station goes on by itself.',
  },
  'data-gone': {
    code: 'data-gone',
    says: 'The database file is no longer at its path: the data folder was deleted, moved or replaced.',
    remedy:
      'End the station, put the folder back or restore a backup, start it again, and flash its last boards again.',
  },
  'database-locked': {
    code: 'database-locked',
    says: 'Another program holds the database.',
    remedy: 'End the program that has boardwalk.db open for writing; the station goes on by itself.',
  },
  'database-damaged': {
    code: 'database-damaged',
    says: 'The database file is damaged.',
    remedy:
      'End the station, check with "boardwalk doctor", and put back a backup with "boardwalk restore FILE".',
  },
  'disk-failing': {
    code: 'disk-failing',
    says: 'The disk of the data folder fails to read or write.',
    remedy: 'Check the disk and its cable; take a backup with "boardwalk backup FILE".',
  },
};

/** SQLite's result codes (sqlite.org/rescode.html) and the file system's errors (errno(3)), by how they begin. */
const CODES: readonly (readonly [RegExp, StorageCode])[] = [
  [/^DATA_GONE$/, 'data-gone'],
  [/^SQLITE_FULL|^ENOSPC$|^EDQUOT$|^EFBIG$/, 'disk-full'],
  [/^SQLITE_(READONLY|PERM|CANTOPEN)|^EROFS$|^EACCES$|^EPERM$/, 'data-read-only'],
  [/^SQLITE_(BUSY|LOCKED|PROTOCOL)/, 'database-locked'],
  [/^SQLITE_(CORRUPT|NOTADB)/, 'database-damaged'],
  [/^SQLITE_IOERR|^EIO$/, 'disk-failing'],
];

/** The file that is open is not the one at its path: what is written to it is lost with the process. */
export class DataGoneError extends Error {
  readonly code = 'DATA_GONE';

  constructor(path: string) {
    super(`${path} is not the file that the station opened.`);
    this.name = 'DataGoneError';
  }
}

/** What an error says of the storage, wherever in it that stands; null when it is about something else. */
export function storageProblemOf(cause: unknown, depth = 6): StorageProblem | null {
  if (typeof cause !== 'object' || cause === null || depth === 0) return null;
  const { code, originalCode, cause: inner, meta } = cause as Record<string, unknown>;
  for (const text of [originalCode, code]) {
    if (typeof text !== 'string') continue;
    const found = CODES.find(([begins]) => begins.test(text));
    if (found) return STORAGE_PROBLEMS[found[1]];
  }
  const adapter = (meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError;
  return storageProblemOf(adapter, depth - 1) ?? storageProblemOf(inner, depth - 1);
}

/**
 * A file that could not be reached is not damaged: whoever restores a backup over it loses what is in it.
 * @throws RecordsError where the folder, another program or the disk is what failed
 */
export function refuseToJudge(file: string, cause: unknown): void {
  const problem = storageProblemOf(cause);
  if (!problem || problem.code === 'database-damaged') return;
  const says = `${file} could not be checked: ${problem.says}`;
  throw new RecordsError('records.not_judged', says, problem.remedy, { cause });
}
