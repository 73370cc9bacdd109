import Sqlite from 'better-sqlite3';
import { closeSync, existsSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ANCHOR_FILE } from '../chain/anchors.ts';
import { openToRead, verifyDatabase, type FileReport } from './chain-file.ts';
import { RecordsError } from '../errors.ts';
import { sync } from './disk.ts';
import { packFile, packImages } from './image-archive.ts';
import { manifestOf, packManifest, sealBackup, type Manifest } from './manifest.ts';
import { stationSecret, type StationSecret } from './station-secret.ts';
import { stationIdIn } from './station-id.ts';
import { refuseToJudge } from './storage-problem.ts';

/** Where a station's records lie. */
export interface RecordsFolder {
  readonly folder: string;
  readonly databaseFile: string;
  readonly images: string;
}

export interface BackupReport {
  readonly file: string;
  /** Whose record it is. */
  readonly stationId: string | null;
  readonly bytes: number;
  readonly images: number;
  /** Images whose file was missing or changed: they are not in the backup. */
  readonly missing: readonly string[];
  readonly chain: FileReport;
}

/**
 * One file with everything that counts: a snapshot of the database as SQLite itself copies it while others write
 * (`VACUUM INTO`, one read transaction), and in the same file the image store as an SQLite archive. So a backup is a
 * database: `boardwalk audit verify` and `sqlite3` open it. Needs no pause of the station and takes no lock from it.
 * @throws RecordsError
 */
export function backUp({ folder, databaseFile, images }: RecordsFolder, target: string): BackupReport {
  const file = resolve(target);
  if (existsSync(file)) throw new RecordsError('records.exists', { file });
  const part = `${file}.part`;
  try {
    rmSync(part, { force: true });
    // It holds digests of passwords and badges, and the firmware.
    closeSync(openSync(part, 'w', 0o600));
  } catch (cause) {
    throw new RecordsError(
      'records.no_target',
      { folder: dirname(file), why: (cause as NodeJS.ErrnoException).code ?? 'unknown' },
      cause,
    );
  }
  try {
    snapshot(databaseFile, part);
    const { packed, missing } = addFiles(part, images, join(folder, ANCHOR_FILE));
    sign(part, stationSecret(folder));
    const { chain, stationId } = check(part);
    sync(part);
    renameSync(part, file);
    sync(dirname(file));
    return { file, stationId, bytes: statSync(file).size, images: packed, missing, chain };
  } catch (cause) {
    rmSync(part, { force: true });
    rmSync(`${part}-journal`, { force: true });
    throw cause;
  }
}

function snapshot(databaseFile: string, part: string): void {
  const source = openToRead(databaseFile);
  try {
    // Reading only still allows to write another file.
    source.pragma('query_only = OFF');
    source.prepare('VACUUM INTO ?').run(part);
  } finally {
    source.close();
  }
}

function addFiles(part: string, images: string, anchors: string): { packed: number; missing: string[] } {
  const copy = new Sqlite(part);
  try {
    copy.pragma('journal_mode = DELETE');
    copy.pragma('synchronous = FULL');
    return copy.transaction(() => {
      const packed = packImages(copy, images);
      packFile(copy, ANCHOR_FILE, anchors);
      return packed;
    })();
  } finally {
    copy.close();
  }
}

/** The manifest, and over the whole file the seal of this station's secret. */
function sign(part: string, secret: StationSecret): void {
  const copy = new Sqlite(part);
  let manifest: Manifest | null = null;
  try {
    packManifest(copy, secret, new Date());
    manifest = manifestOf(copy);
  } finally {
    copy.close();
  }
  sealBackup(part, manifest!, secret);
}

/** What was written is read again before it is called a backup. @throws RecordsError */
function check(part: string): { chain: FileReport; stationId: string | null } {
  const copy = openToRead(part);
  try {
    const why = pageProblem(copy);
    if (why) throw new RecordsError('records.damaged', { why });
    return { chain: verifyDatabase(copy), stationId: stationIdIn(copy) };
  } finally {
    copy.close();
  }
}

/** What SQLite finds wrong with the pages and indexes of a file, or null. @throws RecordsError where it cannot look */
export function pageProblem(database: Sqlite.Database): string | null {
  try {
    const says = String(database.pragma('integrity_check(1)', { simple: true }));
    return says === 'ok' ? null : says;
  } catch (cause) {
    refuseToJudge(database.name, cause);
    return cause instanceof Error ? cause.message : String(cause);
  }
}
