import type { Database } from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync, inflateSync } from 'node:zlib';
import { writeDurably } from './disk.ts';

/** The table of SQLite's own archives (sqlite.org/sqlar.html): `sqlite3 -A -t -f FILE` lists it. */
const SQLAR =
  'CREATE TABLE "sqlar" ("name" TEXT PRIMARY KEY, "mode" INT, "mtime" INT, "sz" INT, "data" BLOB)';
const FILE_MODE = 0o100640;

export function isArchive(database: Database): boolean {
  return database.prepare(`SELECT 1 FROM sqlite_schema WHERE "name" = 'sqlar'`).get() !== undefined;
}

/** Puts every file of an image into the database copy. Gives those that are missing or were changed, by their SHA-256. */
export function packImages(database: Database, folder: string): { packed: number; missing: string[] } {
  database.exec(SQLAR);
  const insert = database.prepare('INSERT INTO "sqlar" VALUES (?, ?, ?, ?, ?)');
  const missing: string[] = [];
  let packed = 0;
  for (const sha256 of filesOf(database)) {
    const path = join(folder, sha256);
    if (!holds(path, sha256)) {
      missing.push(sha256);
      continue;
    }
    pack(insert, `images/${sha256}`, readFileSync(path), statSync(path).mtimeMs);
    packed += 1;
  }
  return { packed, missing };
}

/** Without rows of its files, as in a database of an earlier version, an image has one file: its id is that file’s. */
const FILES = `SELECT "fileSha256" AS sha256 FROM "ImageFile"
  UNION SELECT "id" FROM "Image" WHERE "id" NOT IN (SELECT "image" FROM "ImageFile") ORDER BY 1`;
const EARLIER_FILES = 'SELECT "id" AS sha256 FROM "Image" ORDER BY 1';

function filesOf(database: Database): string[] {
  const known =
    database.prepare(`SELECT 1 FROM sqlite_schema WHERE "name" = 'ImageFile'`).get() !== undefined;
  const rows = database.prepare(known ? FILES : EARLIER_FILES).all() as { sha256: string }[];
  return rows.map(({ sha256 }) => sha256);
}

export function packFile(database: Database, name: string, path: string): void {
  if (!existsSync(path)) return;
  const insert = database.prepare('INSERT INTO "sqlar" VALUES (?, ?, ?, ?, ?)');
  pack(insert, name, readFileSync(path), statSync(path).mtimeMs);
}

/** Stored as it is, so that its bytes are found in the file. */
export function packBytes(database: Database, name: string, bytes: Buffer, mtimeMs: number): void {
  const insert = database.prepare('INSERT INTO "sqlar" VALUES (?, ?, ?, ?, ?)');
  insert.run(name, FILE_MODE, Math.floor(mtimeMs / 1000), bytes.length, bytes);
}

/** No file of a station comes near it: the flash of the largest target has 2 MiB, as text it is three times that. */
export const LARGEST_ENTRY_BYTES = 64 * 1024 * 1024;

/** What an archive holds that no station packs, as a sentence; null when there is nothing. */
export function foreignEntry(database: Database, names: readonly string[]): string | null {
  const rows = database.prepare('SELECT "name", "sz", length("data") AS packed FROM "sqlar"').iterate();
  for (const row of rows as IterableIterator<{ name: string; sz: number; packed: number }>) {
    const { name, sz, packed } = row;
    if (!names.includes(name) && !/^images\/[0-9a-f]{64}$/.test(name))
      return `its archive has an entry "${name}", which no station packs`;
    if (!Number.isInteger(sz) || sz < 0 || sz > LARGEST_ENTRY_BYTES || packed > LARGEST_ENTRY_BYTES)
      return `its archive entry "${name}" states ${sz} bytes; an entry has at most ${LARGEST_ENTRY_BYTES}`;
  }
  return null;
}

/** Stored as it is where deflating does not make it smaller, as the format has it. */
function pack(
  insert: { run(...values: unknown[]): unknown },
  name: string,
  bytes: Buffer,
  mtimeMs: number,
): void {
  const small = deflateSync(bytes);
  const data = small.length < bytes.length ? small : bytes;
  insert.run(name, FILE_MODE, Math.floor(mtimeMs / 1000), bytes.length, data);
}

interface Entry {
  sz: number;
  data: Buffer;
}

/** A packed file, or null. */
export function unpack(database: Database, name: string): Buffer | null {
  const entry = database.prepare('SELECT "sz", "data" FROM "sqlar" WHERE "name" = ?').get(name);
  return entry ? contentOf(entry as Entry) : null;
}

/** The packed images, by their ids. Names are checked: they come from a file. */
export function packedImages(database: Database): string[] {
  const rows = database.prepare('SELECT "name" FROM "sqlar" ORDER BY "name"').all() as { name: string }[];
  return rows.flatMap(({ name }) => /^images\/([0-9a-f]{64})$/.exec(name)?.[1] ?? []);
}

/** The first packed image whose bytes are not what its id says, or null: SQLite itself does not check content. */
export function damagedImage(database: Database): string | null {
  return packedImages(database).find((id) => imageOf(database, id) === null) ?? null;
}

function imageOf(database: Database, id: string): Buffer | null {
  try {
    const bytes = unpack(database, `images/${id}`);
    return bytes && sha256(bytes) === id ? bytes : null;
  } catch {
    return null;
  }
}

/** Writes the packed images that the folder has not, or has changed. */
export function unpackImages(database: Database, folder: string): number {
  let written = 0;
  for (const id of packedImages(database)) {
    const bytes = imageOf(database, id);
    if (!bytes || holds(join(folder, id), id)) continue;
    writeDurably(join(folder, `${id}.new`), bytes);
    renameSync(join(folder, `${id}.new`), join(folder, id));
    written += 1;
  }
  return written;
}

/** @throws RangeError where it is larger than it says */
function contentOf({ sz, data }: Entry): Buffer {
  if (data.length === sz) return data;
  return inflateSync(data, { maxOutputLength: Math.min(Math.max(sz, 1), LARGEST_ENTRY_BYTES) });
}

function holds(path: string, id: string): boolean {
  return existsSync(path) && sha256(readFileSync(path)) === id;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
