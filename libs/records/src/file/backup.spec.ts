import Sqlite from 'better-sqlite3';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ANCHOR_FILE, anchorLine, appendLine, readAnchors } from '../chain/anchors.ts';
import { openToRead, verifyDatabase } from './chain-file.ts';
import { StationFile } from '../testing/station-file.ts';
import { backUp, type RecordsFolder } from './backup.ts';
import { migrate } from './migrate.ts';
import { inspectBackup, restore } from './restore.ts';

const AUTHOR = { actor: 'host:test', role: 'host', reason: 'a test' };
const AT = new Date('2026-11-21T10:00:00.000Z');

let file: StationFile;
let records: RecordsFolder;
let target: string;
beforeEach(() => {
  file = new StationFile();
  records = { folder: file.folder, databaseFile: file.path, images: join(file.folder, 'images') };
  mkdirSync(records.images);
  target = join(file.folder, 'night.boardwalk');
});
afterEach(() => file.remove());

function addImage(bytes: Buffer): string {
  const id = createHash('sha256').update(bytes).digest('hex');
  writeFileSync(join(records.images, id), bytes);
  file.database
    .prepare('INSERT INTO "Image" VALUES (?, ?, ?, ?, ?, ?, ?)')
    .run(id, 'a.bin', 'bin', '[]', bytes.length, bytes.length, AT.toISOString());
  return id;
}

/** Bytes that no deflating makes smaller: whole pages of the file hold nothing else. */
function noise(bytes: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(bytes / 32) }, (_, index) =>
    createHash('sha256').update(`block ${index}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, bytes);
}

/** Another machine's empty data folder. */
function elsewhere(): RecordsFolder {
  const folder = mkdtempSync(join(tmpdir(), 'boardwalk-restored-'));
  return { folder, databaseFile: join(folder, 'boardwalk.db'), images: join(folder, 'images') };
}

const chainOf = (path: string, anchors = readAnchors(join(file.folder, ANCHOR_FILE))) => {
  const database = openToRead(path);
  try {
    return verifyDatabase(database, anchors);
  } finally {
    database.close();
  }
};

test('a backup is one file that another machine restores: rows, images, anchors, and the chain goes on', () => {
  const rows = file.fill(20);
  const ids = [addImage(Buffer.alloc(5000, 7)), addImage(Buffer.from('short')), addImage(Buffer.alloc(0))];
  appendLine(join(file.folder, ANCHOR_FILE), anchorLine({ date: '2026-01-05', ...rows[4]! }));
  const report = backUp(records, target);
  expect(report).toMatchObject({ images: 3, missing: [], chain: { ok: true, rows: 20 } });
  expect(readdirSync(file.folder).filter((name) => name.startsWith('night'))).toEqual(['night.boardwalk']);

  const other = elsewhere();
  try {
    expect(restore(target, other, AUTHOR, AT)).toMatchObject({
      imagesWritten: 3,
      kept: null,
      replaced: null,
    });
    for (const id of ids)
      expect(
        createHash('sha256')
          .update(readFileSync(join(other.images, id)))
          .digest('hex'),
      ).toBe(id);
    const chain = chainOf(other.databaseFile, readAnchors(join(other.folder, ANCHOR_FILE)));
    expect(chain).toMatchObject({ ok: true, rows: 21, anchors: 1 });
    const database = new Sqlite(other.databaseFile, { readonly: true });
    const last = database.prepare('SELECT * FROM "Event" ORDER BY "id" DESC LIMIT 1').get();
    expect(last).toMatchObject({ type: 'station.restored', actor: 'host:test', reason: 'a test' });
    expect(database.prepare(`SELECT 1 FROM sqlite_schema WHERE "name" = 'sqlar'`).get()).toBeUndefined();
    database.close();
  } finally {
    rmSync(other.folder, { recursive: true, force: true });
  }
});

test('a backup verifies as a database by itself, also beside anchors of later days', () => {
  file.fill(5);
  backUp(records, target);
  expect(chainOf(target, [])).toMatchObject({ ok: true, rows: 5 });
});

test('what stood there before a restore is kept, with all that the backup does not know', () => {
  file.fill(6);
  backUp(records, target);
  const later = file.fill(4);
  appendLine(join(file.folder, ANCHOR_FILE), anchorLine({ date: '2026-01-09', ...later[3]! }));
  expect(inspectBackup(target, records)).toMatchObject({ head: { id: 6 }, replaced: { id: 10 } });
  file.database.close();
  const { kept } = restore(target, records, AUTHOR, AT);
  expect(existsSync(`${file.path}-wal`)).toBe(false);
  expect(chainOf(file.path)).toMatchObject({ ok: true, rows: 7 });
  expect(chainOf(kept!, [])).toMatchObject({ ok: true, rows: 10 });
});

test('a write-ahead log that a crash left is not played into the restored database', () => {
  file.fill(3);
  backUp(records, target);
  file.fill(3);
  const log = readFileSync(`${file.path}-wal`);
  file.database.close();
  writeFileSync(file.path, 'no database any more');
  writeFileSync(`${file.path}-wal`, log);
  const { kept } = restore(target, records, AUTHOR, AT);
  expect(chainOf(file.path)).toMatchObject({ ok: true, rows: 4 });
  expect(readFileSync(kept!, 'utf8')).toBe('no database any more');
});

test('a damaged backup is refused and nothing is touched, wherever the damage lies', () => {
  file.fill(40);
  addImage(noise(20_000));
  backUp(records, target);
  file.database.close();
  const before = readFileSync(file.path);
  const whole = readFileSync(target);
  for (let page = 1; page * 4096 < whole.length; page += 1) {
    const damaged = Buffer.from(whole);
    damaged.fill(0xa5, page * 4096, page * 4096 + 64);
    writeFileSync(target, damaged);
    expect([page, throwsCode(() => restore(target, records, AUTHOR, AT))]).toEqual([
      page,
      expect.stringMatching(/^records\.(backup_damaged|unreadable|damaged|no_chain|not_a_backup)$/),
    ]);
  }
  expect(readFileSync(file.path).equals(before)).toBe(true);
});

test('a backup with a broken chain is refused, naming the row', () => {
  file.fill(5);
  backUp(records, target);
  const backup = new Sqlite(target);
  backup.exec(`DROP TRIGGER "Event_no_update"; UPDATE "Event" SET "actor" = 'bert' WHERE "id" = 3`);
  backup.close();
  expect(() => restore(target, records, AUTHOR, AT)).toThrow(/row 3 of its record was changed/);
});

test('a backup whose firmware was changed is refused, though its pages are whole', () => {
  file.fill(1);
  const id = addImage(noise(9000));
  backUp(records, target);
  const backup = new Sqlite(target);
  backup.exec('UPDATE "sqlar" SET "data" = zeroblob("sz")');
  backup.close();
  expect(() => restore(target, records, AUTHOR, AT)).toThrow(`image ${id} is not what it was`);
});

test('a backup of a newer version is refused before anything is touched, and so is its database', () => {
  file.fill(3);
  file.database.exec(`INSERT INTO "Migration" VALUES ('9999_later', 'x', '2030-01-01T00:00:00.000Z')`);
  backUp(records, target);
  const other = elsewhere();
  expect(() => restore(target, other, AUTHOR, AT)).toThrow(
    /newer version of Boardwalk \(it holds 9999_later\)/,
  );
  expect(readdirSync(other.folder)).toEqual([]);
  expect(() => migrate(file.path)).toThrow(/newer version/);
});

test('what holds digests of secrets is not for everyone on the machine', () => {
  file.fill(1);
  backUp(records, target);
  const other = elsewhere();
  restore(target, other, AUTHOR, AT);
  const first = join(file.folder, 'first.db');
  migrate(first);
  expect([first, target, other.databaseFile].map((path) => statSync(path).mode & 0o007)).toEqual([0, 0, 0]);
});

test('a folder that is not there is named, not the file that could not be made in it', () => {
  expect(() => backUp(records, join(file.folder, 'gone', 'a.boardwalk'))).toThrow(/gone is no folder/);
});

test('a plain database, any other file and a file that is not there are no backups', () => {
  file.fill(1);
  expect(throwsCode(() => inspectBackup(file.path, records))).toBe('records.not_a_backup');
  writeFileSync(target, 'hello');
  expect(throwsCode(() => inspectBackup(target, records))).toBe('records.unreadable');
  expect(throwsCode(() => inspectBackup(join(file.folder, 'none'), records))).toBe('records.no_file');
});

test('an existing file is never written over, and a missing or changed image is named', () => {
  file.fill(1);
  const id = addImage(Buffer.from('one'));
  const changed = addImage(Buffer.from('two'));
  rmSync(join(records.images, id));
  writeFileSync(join(records.images, changed), 'tampered');
  expect([...backUp(records, target).missing].sort()).toEqual([id, changed].sort());
  expect(throwsCode(() => backUp(records, target))).toBe('records.exists');
});

test('an archive cannot write outside the image store', () => {
  file.fill(1);
  backUp(records, target);
  const backup = new Sqlite(target);
  backup
    .prepare('INSERT INTO "sqlar" VALUES (?, ?, ?, ?, ?)')
    .run('images/../evil', 0o644, 0, 4, Buffer.from('evil'));
  backup.close();
  file.database.close();
  expect(() => restore(target, records, AUTHOR, AT)).toThrow(
    /its archive has an entry "images\/\.\.\/evil", which no station packs/,
  );
  expect(existsSync(join(file.folder, 'evil'))).toBe(false);
});

function throwsCode(work: () => unknown): string {
  try {
    work();
  } catch (cause) {
    return (cause as { code?: string }).code ?? String(cause);
  }
  return 'nothing thrown';
}
