import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ANCHOR_FILE, appendLine } from '../chain/anchors.ts';
import { openToRead } from './chain-file.ts';
import { generationOf } from './generation.ts';
import { writeDurably } from './disk.ts';
import type { RecordsFolder } from './backup.ts';

const PROMISE_FILE = 'restore-promise.json';

interface Promised {
  readonly generation: string;
  readonly line: string;
}

/** Writes ahead of the rename which line the anchors get once that generation is in place. */
export function promise(folder: string, generation: string, line: string): void {
  const promised: Promised = { generation, line };
  writeDurably(join(folder, PROMISE_FILE), Buffer.from(JSON.stringify(promised)));
}

/**
 * Ends what a crash in a restore left: where the new database is in place, its line goes into the anchors; where it is
 * not, nothing was restored. Call before the anchors are read or written.
 */
export function finishRestore({ folder, databaseFile }: Omit<RecordsFolder, 'images'>): void {
  const path = join(folder, PROMISE_FILE);
  if (!existsSync(path)) return;
  const promised = read(path);
  if (promised && generationIn(databaseFile) === promised.generation) keepPromise(folder, promised.line);
  else rmSync(path, { force: true });
}

/** The new database is in place: its line goes into the anchors, once. */
export function keepPromise(folder: string, line: string): void {
  const anchors = join(folder, ANCHOR_FILE);
  const has = existsSync(anchors) && readFileSync(anchors, 'utf8').split('\n').includes(line);
  if (!has) appendLine(anchors, line);
  rmSync(join(folder, PROMISE_FILE), { force: true });
}

/** A file that was cut short was no promise: the rename comes after it is whole on the disk. */
function read(path: string): Promised | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Promised;
  } catch {
    return null;
  }
}

function generationIn(databaseFile: string): string | null {
  try {
    const database = openToRead(databaseFile);
    try {
      return generationOf(database)?.id ?? null;
    } finally {
      database.close();
    }
  } catch {
    return null;
  }
}
