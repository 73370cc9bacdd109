import { RefusalError, REFUSALS, said } from '@boardwalk/contracts';
import { RecordsError } from '../errors.ts';

const STORAGE_CODES = [
  'disk-full',
  'data-read-only',
  'data-gone',
  'database-locked',
  'database-damaged',
  'disk-failing',
] as const;
export type StorageCode = (typeof STORAGE_CODES)[number];

/** A fault of the disk or the database file, in the words of the table of refusals. */
export interface StorageProblem {
  readonly code: StorageCode;
  readonly says: string;
  readonly remedy: string;
}

export const STORAGE_PROBLEMS = Object.fromEntries(
  STORAGE_CODES.map((code) => {
    const { means, engineer } = REFUSALS[code];
    return [code, { code, says: means, remedy: engineer }];
  }),
) as Readonly<Record<StorageCode, StorageProblem>>;

/** SQLite's result codes (sqlite.org/rescode.html) and the file system's errors (errno(3)), by how they begin. */
const CODES: readonly (readonly [RegExp, StorageCode])[] = [
  [/^data-gone$/, 'data-gone'],
  [/^SQLITE_FULL|^ENOSPC$|^EDQUOT$|^EFBIG$/, 'disk-full'],
  [/^SQLITE_(READONLY|PERM|CANTOPEN)|^EROFS$|^EACCES$|^EPERM$/, 'data-read-only'],
  [/^SQLITE_(BUSY|LOCKED|PROTOCOL)/, 'database-locked'],
  [/^SQLITE_(CORRUPT|NOTADB)/, 'database-damaged'],
  [/^SQLITE_IOERR|^EIO$/, 'disk-failing'],
];

/** The file that is open is not the one at its path: what is written to it is lost with the process. */
export class DataGoneError extends RefusalError<'data-gone'> {
  constructor(path: string) {
    const { code, message, remedy, params } = said('data-gone:path', { path });
    super(code, message, { params, remedy });
    this.name = 'DataGoneError';
  }
}

/** The fault of the storage that an error or one of its causes reports; null when it is unrelated to storage. */
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
 * A file that could not be reached is not damaged: a backup restored over it would lose what is in it.
 * @throws RecordsError where the folder, another program or the disk is what failed
 */
export function refuseToJudge(file: string, cause: unknown): void {
  const problem = storageProblemOf(cause);
  if (!problem || problem.code === 'database-damaged') return;
  const { says: why, remedy } = problem;
  throw new RecordsError('records.not_judged', { file, why, remedy }, cause);
}
