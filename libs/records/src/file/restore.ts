import Sqlite from 'better-sqlite3';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Author } from '../accounts/account-register.ts';
import { ANCHOR_FILE, appendLine, restoredLine } from '../chain/anchors.ts';
import { append, headOf } from '../chain/append.ts';
import { openToRead, verifyDatabase } from '../chain/chain-file.ts';
import type { Head } from '../chain/chain-row.ts';
import { RecordsError } from '../errors.ts';
import { pageProblem, type RecordsFolder } from './backup.ts';
import { sync } from './disk.ts';
import { damagedImage, isArchive, packedImages, unpack, unpackImages } from './image-archive.ts';
import { migrate, refuseNewer } from './migrate.ts';
import { stationIdIn } from './station-id.ts';

/** What a backup holds, found out before anything is touched. */
export interface BackupContent {
  readonly head: Head;
  readonly takenAt: string | null;
  /** Whose record it is, and whose the one that it would replace is; null where that is not known. */
  readonly stationId: string | null;
  readonly replacedStationId: string | null;
  readonly images: number;
  /** Where the database that it would replace stands; null when there is none, or it cannot be read. */
  readonly replaced: Head | null;
}

export interface RestoreReport extends BackupContent {
  readonly imagesWritten: number;
  /** The database as it was before, or null when there was none. */
  readonly kept: string | null;
}

/** Reads a backup to its end: pages, chain, archive. @throws RecordsError when it is none or is not whole */
export function inspectBackup(file: string, records: RecordsFolder): BackupContent {
  const backup = openToRead(file);
  try {
    if (!isArchive(backup))
      throw new RecordsError(
        'records.not_a_backup',
        `${file} is a database, but no backup of a station.`,
        'Give a file that "boardwalk backup" wrote.',
      );
    const says = damageOf(backup);
    if (says)
      throw new RecordsError(
        'records.backup_damaged',
        `${file} is damaged: ${says}.`,
        'Take an older backup.',
      );
    refuseNewer(backup, file);
    const head = headOf(backup);
    const last = backup.prepare('SELECT max("at") AS at FROM "Event"').get() as { at: string | null };
    return {
      head,
      takenAt: last.at,
      images: packedImages(backup).length,
      stationId: stationIdIn(backup),
      ...replacedIn(records.databaseFile),
    };
  } finally {
    backup.close();
  }
}

/** What is not whole in a backup, or null. Pages first: the rest is read from them. */
function damageOf(backup: Sqlite.Database): string | null {
  const page = pageProblem(backup);
  if (page) return page;
  const { firstBad } = verifyDatabase(backup);
  if (firstBad) return `row ${firstBad.id} of its record ${firstBad.says}`;
  const image = damagedImage(backup);
  return image && `its image ${image} is not what it was`;
}

/**
 * Puts a backup in the place of the database, which is kept beside it. The caller holds the data folder, so that no
 * station works on it. The change of files is one rename: after a crash there is the old database or the new one.
 * That it was restored, from where and in place of what, is a row of the restored chain.
 * @throws RecordsError before anything is touched
 */
export function restore(
  file: string,
  records: RecordsFolder,
  author: Author,
  now = new Date(),
): RestoreReport {
  const content = inspectBackup(file, records);
  const { folder, databaseFile, images } = records;
  mkdirSync(images, { recursive: true });
  const fresh = `${databaseFile}.restoring`;
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${fresh}${end}`, { force: true });
  copyFileSync(file, fresh);
  chmodSync(fresh, 0o640);
  const { imagesWritten, anchors } = unpackInto(fresh, images);
  migrate(fresh);
  record(fresh, file, content, author, now);
  const kept = setAside(databaseFile, now);
  renameSync(fresh, databaseFile);
  sync(dirname(databaseFile));
  const anchorFile = join(folder, ANCHOR_FILE);
  if (!existsSync(anchorFile) && anchors) writeFileSync(anchorFile, anchors, { mode: 0o640 });
  appendLine(anchorFile, restoredLine(now.toISOString(), content.head));
  return { ...content, imagesWritten, kept };
}

function unpackInto(fresh: string, images: string): { imagesWritten: number; anchors: Buffer | null } {
  const database = new Sqlite(fresh);
  try {
    const imagesWritten = unpackImages(database, images);
    const anchors = unpack(database, ANCHOR_FILE);
    database.exec('DROP TABLE "sqlar"');
    database.exec('VACUUM');
    return { imagesWritten, anchors };
  } finally {
    database.close();
  }
}

function record(
  fresh: string,
  file: string,
  { head, replaced, stationId }: BackupContent,
  author: Author,
  now: Date,
): void {
  const database = new Sqlite(fresh);
  try {
    database.pragma('synchronous = FULL');
    const add = database.transaction(() =>
      append(database, {
        ...{ at: now.toISOString(), type: 'station.restored', subject: 'station', ...author },
        data: { backup: basename(file), head, replaced, stationId },
      }),
    );
    add.immediate();
    database.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    database.close();
  }
  sync(fresh);
}

/**
 * Keeps the database as it was under another name, and leaves no write-ahead log that SQLite would play into the
 * restored file. One that cannot be opened any more is kept with its log.
 */
function setAside(databaseFile: string, now: Date): string | null {
  if (!existsSync(databaseFile)) {
    for (const end of ['-wal', '-shm']) rmSync(`${databaseFile}${end}`, { force: true });
    return null;
  }
  const kept = `${databaseFile}.before-${now.toISOString().replace(/[:.]/g, '-')}`;
  try {
    const old = new Sqlite(databaseFile);
    try {
      old.pragma('wal_checkpoint(TRUNCATE)');
    } finally {
      old.close();
    }
  } catch {
    // Damaged: kept as it is.
  }
  linkSync(databaseFile, kept);
  if (existsSync(`${databaseFile}-wal`)) renameSync(`${databaseFile}-wal`, `${kept}-wal`);
  rmSync(`${databaseFile}-shm`, { force: true });
  return kept;
}

function replacedIn(databaseFile: string): Pick<BackupContent, 'replaced' | 'replacedStationId'> {
  try {
    const database = openToRead(databaseFile);
    try {
      return { replaced: headOf(database), replacedStationId: stationIdIn(database) };
    } finally {
      database.close();
    }
  } catch {
    return { replaced: null, replacedStationId: null };
  }
}
