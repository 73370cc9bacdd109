import {
  ANCHOR_FILE,
  openToRead,
  pageProblem,
  readAnchors,
  RecordsError,
  verifyDatabase,
} from '@boardwalk/records';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DataFolder } from '../data-folder.ts';
import { fail, ok, type Finding } from './finding.ts';

const RESTORE = 'npx boardwalk restore FILE';

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
      const { firstBad, rows, anchors } = chain;
      if (!firstBad) return [whole, ok('audit', `The record is whole: rows ${rows}, anchors ${anchors}.`)];
      return [whole, fail('audit', `Row ${firstBad.id} ${firstBad.says}.`, 'npx boardwalk audit verify')];
    } finally {
      database.close();
    }
  } catch (cause) {
    const says = cause instanceof RecordsError ? cause.message : String(cause);
    return [fail('database', says, RESTORE)];
  }
}
