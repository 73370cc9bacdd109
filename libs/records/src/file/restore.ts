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
import type { Author } from '../chain/author.ts';
import { ANCHOR_FILE, restoredLine } from '../chain/anchors.ts';
import { headOf } from '../chain/append.ts';
import { openToRead, verifyDatabase } from './chain-file.ts';
import type { Head } from '../chain/chain-row.ts';
import type { Generation } from './generation.ts';
import { RecordsError } from '../errors.ts';
import { pageProblem, type RecordsFolder } from './backup.ts';
import type { CarriedOver } from './carry-over.ts';
import { sync } from './disk.ts';
import { finishRestore, keepPromise, promise } from './finish-restore.ts';
import {
  damagedImage,
  foreignEntry,
  isArchive,
  packedImages,
  unpack,
  unpackImages,
} from './image-archive.ts';
import { MANIFEST, manifestOf, originOf, type Origin } from './manifest.ts';
import { migrate, refuseNewer } from './migrate.ts';
import { recordRestore } from './record-restore.ts';
import type { Relation } from './replaced-file.ts';
import { readStationSecret } from './station-secret.ts';
import { stationIdIn } from './station-id.ts';

/** What a backup holds, found out before anything is touched. */
export interface BackupContent {
  readonly head: Head;
  readonly takenAt: string | null;
  /** Whose record it is, and whose the one that it would replace is; null where that is not known. */
  readonly stationId: string | null;
  readonly replacedStationId: string | null;
  readonly images: number;
  /** Whether this station's secret shows that the backup is as the station wrote it. */
  readonly origin: Exclude<Origin, 'changed'>;
  /** Where the database that it would replace stands; null when there is none, or it cannot be read. */
  readonly replaced: Head | null;
}

export interface RestoreReport extends BackupContent {
  readonly imagesWritten: number;
  /** The database as it was before, or null when there was none. */
  readonly kept: string | null;
  /** How the replaced database goes with the backup. */
  readonly relation: Relation;
  /** What was given or revoked since the backup; null where the replaced database does not tell. */
  readonly carried: CarriedOver | null;
  readonly generation: Generation;
}

/** Reads a backup to its end: pages, chain, rows, schema, archive, seal. @throws RecordsError when it is none or is not whole */
export function inspectBackup(file: string, records: RecordsFolder): BackupContent {
  const backup = openToRead(file);
  try {
    if (!isArchive(backup)) throw new RecordsError('records.not_a_backup', { file });
    refuseDamaged(backup, file);
    const manifest = manifestOf(backup);
    const origin = originOf(file, manifest, readStationSecret(records.folder));
    if (origin === 'changed') throw new RecordsError('records.backup_changed', { file });
    const head = headOf(backup);
    const last = backup.prepare('SELECT max("at") AS at FROM "Event"').get() as { at: string | null };
    return {
      head,
      takenAt: manifest?.takenAt ?? last.at,
      images: packedImages(backup).length,
      origin,
      stationId: stationIdIn(backup),
      ...replacedIn(records.databaseFile),
    };
  } finally {
    backup.close();
  }
}

/** Pages first: the rest is read from them. @throws RecordsError */
function refuseDamaged(backup: Sqlite.Database, file: string): void {
  const page = pageProblem(backup);
  if (page) throw damaged(file, page);
  refuseNewer(backup, file);
  const { firstBad, problems } = verifyDatabase(backup);
  if (firstBad) throw damaged(file, `row ${firstBad.id} of its record ${firstBad.says}`);
  const image = damagedImage(backup);
  if (image) throw damaged(file, `its image ${image} is not what it was`);
  const entry = foreignEntry(backup, [ANCHOR_FILE, MANIFEST]);
  if (entry) throw damaged(file, entry);
  if (problems.length > 0) throw new RecordsError('records.backup_schema', { file, why: problems.join(' ') });
}

function damaged(file: string, why: string): RecordsError {
  return new RecordsError('records.backup_damaged', { file, why });
}

/**
 * Puts a backup in the place of the database, which is kept next to it. The caller holds the data folder, so that no
 * station works on it. What was given or revoked since the backup is carried over from the replaced database, or serials
 * stay closed until a person opens them. The change of files is one rename: after a crash there is the old database or
 * the new one. That it was restored, from where, in place of what, and what was carried over is a row of the new record.
 * @throws RecordsError before anything is touched
 */
export function restore(
  file: string,
  records: RecordsFolder,
  author: Author,
  now = new Date(),
): RestoreReport {
  finishRestore(records);
  const content = inspectBackup(file, records);
  const { folder, databaseFile, images } = records;
  mkdirSync(images, { recursive: true });
  const fresh = `${databaseFile}.restoring`;
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${fresh}${end}`, { force: true });
  copyFileSync(file, fresh);
  chmodSync(fresh, 0o640);
  const { imagesWritten, anchors } = unpackInto(fresh, images);
  migrate(fresh);
  const given = recordRestore(fresh, databaseFile, { ...content, backup: basename(file) }, author, now);
  const anchorFile = join(folder, ANCHOR_FILE);
  if (!existsSync(anchorFile) && anchors) writeFileSync(anchorFile, anchors, { mode: 0o640 });
  const line = restoredLine(now.toISOString(), content.head);
  promise(folder, given.generation.id, line);
  const kept = setAside(databaseFile, now);
  renameSync(fresh, databaseFile);
  sync(dirname(databaseFile));
  keepPromise(folder, line);
  return { ...content, imagesWritten, kept, ...given };
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

/**
 * Keeps the database as it was under another name, and leaves no write-ahead log that SQLite would play into the
 * restored file. One that cannot be opened any more is kept with its log.
 */
function setAside(databaseFile: string, now: Date): string | null {
  if (!existsSync(databaseFile)) {
    for (const end of ['-wal', '-shm']) rmSync(`${databaseFile}${end}`, { force: true });
    return null;
  }
  const kept = freeName(`${databaseFile}.before-${now.toISOString().replace(/[:.]/g, '-')}`);
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

/** A restore that was killed may have taken the name. */
function freeName(path: string): string {
  let name = path;
  for (let count = 2; existsSync(name); count += 1) name = `${path}-${count}`;
  return name;
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
