import {
  ANCHOR_FILE,
  openToRead,
  pageProblem,
  readAnchors,
  RecordsError,
  storageProblemOf,
  verifyDatabase,
  type StorageCode,
} from '@boardwalk/records';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DataFolder } from '../data-folder.ts';
import { fail, ok, quoted, type Finding } from './finding.ts';
import { makeWritable } from './host-checks.ts';

const RESTORE = 'npx boardwalk restore FILE';

/** What keeps the file from being looked at; a restore would mend none of it, and lose what the file holds. */
const IN_THE_WAY: Readonly<Partial<Record<StorageCode, (file: string) => string>>> = {
  'data-read-only': (file) => makeWritable(dirname(file)),
  'database-locked': (file) => `fuser -v ${quoted(file)}`,
  'disk-full': (file) => `df -h ${quoted(file)}`,
  'disk-failing': () => 'sudo dmesg --level=err | tail',
};

/** The pages of the database, then the chain of its record. */
export function checkRecords({ folder, databaseFile }: DataFolder): Finding[] {
  if (!existsSync(databaseFile)) return [ok('database', `${databaseFile} will be made at the first start.`)];
  try {
    const database = openToRead(databaseFile);
    try {
      const says = pageProblem(database);
      if (says) return [fail('database', `${databaseFile} is damaged: ${says}.`, RESTORE)];
      const chain = verifyDatabase(database, readAnchors(join(folder, ANCHOR_FILE)));
      const whole = ok('database', `${databaseFile} is whole.`);
      const { problems, rows, anchors } = chain;
      const [first] = problems;
      if (!first) return [whole, ok('audit', `The record is whole: rows ${rows}, anchors ${anchors}.`)];
      return [whole, fail('audit', first, 'npx boardwalk audit verify')];
    } finally {
      database.close();
    }
  } catch (cause) {
    const says = cause instanceof RecordsError ? cause.message : String(cause);
    if (cause instanceof RecordsError && cause.code === 'records.anchors')
      return [fail('audit', says, `cat ${quoted(join(folder, ANCHOR_FILE))}`)];
    const fix = IN_THE_WAY[storageProblemOf(cause)?.code ?? 'database-damaged'];
    return [fail('database', says, fix?.(databaseFile) ?? RESTORE)];
  }
}
