import type { Database } from 'better-sqlite3';
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { closeSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { generationOf } from './generation.ts';
import { headOf } from '../chain/append.ts';
import type { Head } from '../chain/chain-row.ts';
import { packBytes, unpack } from './image-archive.ts';
import type { StationSecret } from './station-secret.ts';

export const MANIFEST = 'manifest.json';

/** What a backup says of itself. `seal` is a nonce, a point, and the HMAC-SHA-256 of the whole file with zeros there. */
export interface Manifest {
  readonly takenAt: string;
  readonly head: Head;
  readonly generation: string | null;
  readonly secret: string;
  readonly seal: string;
}

/** Whether a backup is as this station wrote it; `unknown`: its secret is not at hand, or the backup has none. */
export type Origin = 'this-station' | 'unknown' | 'changed';

const HMAC_DIGITS = 64;
const ZEROS = '0'.repeat(HMAC_DIGITS);
const SEAL = /^([0-9a-f]{32})\.([0-9a-f]{64})$/;
const CHUNK_BYTES = 1024 * 1024;

/** Puts the manifest into the archive, its seal still open. */
export function packManifest(backup: Database, secret: StationSecret, now: Date): void {
  const manifest: Manifest = {
    takenAt: now.toISOString(),
    head: headOf(backup),
    generation: generationOf(backup)?.id ?? null,
    secret: secret.id,
    seal: `${randomBytes(16).toString('hex')}.${ZEROS}`,
  };
  packBytes(backup, MANIFEST, Buffer.from(JSON.stringify(manifest)), now.getTime());
}

/** @returns null for a backup of an earlier version, or one whose manifest is none */
export function manifestOf(backup: Database): Manifest | null {
  try {
    const bytes = unpack(backup, MANIFEST);
    const manifest = bytes && (JSON.parse(bytes.toString('utf8')) as Manifest);
    return manifest && SEAL.test(manifest.seal) ? manifest : null;
  } catch {
    return null;
  }
}

/** Seals a backup that nothing else writes to: the HMAC goes where the zeros are. */
export function sealBackup(file: string, { seal }: Manifest, { key }: StationSecret): void {
  const place = placeOf(file, seal.split('.')[0]!);
  if (place === null) throw new Error('The manifest of the backup is not in its file.');
  const hmac = hmacOf(file, place, key).toString('hex');
  const handle = openSync(file, 'r+');
  try {
    writeSync(handle, hmac, place);
  } finally {
    closeSync(handle);
  }
}

export function originOf(file: string, manifest: Manifest | null, secret: StationSecret | null): Origin {
  if (!manifest || !secret || manifest.secret !== secret.id) return 'unknown';
  const [nonce, hmac] = manifest.seal.split('.') as [string, string];
  const place = placeOf(file, nonce);
  if (place === null) return 'changed';
  const same = timingSafeEqual(hmacOf(file, place, secret.key), Buffer.from(hmac, 'hex'));
  return same ? 'this-station' : 'changed';
}

/** Where the digits after the nonce begin; null unless it is there exactly once. */
function placeOf(file: string, nonce: string): number | null {
  const mark = Buffer.from(`${nonce}.`);
  const places = new Set<number>();
  let rest = Buffer.alloc(0);
  for (const { at, bytes } of chunksOf(file)) {
    const text = Buffer.concat([rest, bytes]);
    const from = at - rest.length;
    for (let found = text.indexOf(mark); found >= 0; found = text.indexOf(mark, found + 1))
      places.add(from + found + mark.length);
    rest = Buffer.from(text.subarray(Math.max(0, text.length - mark.length + 1)));
  }
  return places.size === 1 ? [...places][0]! : null;
}

function hmacOf(file: string, place: number, key: Buffer): Buffer {
  const hmac = createHmac('sha256', key);
  for (const { at, bytes } of chunksOf(file)) {
    for (let digit = 0; digit < HMAC_DIGITS; digit += 1) {
      const inChunk = place + digit - at;
      if (inChunk >= 0 && inChunk < bytes.length) bytes[inChunk] = ZEROS.charCodeAt(0);
    }
    hmac.update(bytes);
  }
  return hmac.digest();
}

function* chunksOf(file: string): Generator<{ at: number; bytes: Buffer }> {
  const handle = openSync(file, 'r');
  try {
    const size = statSync(file).size;
    for (let at = 0; at < size; at += CHUNK_BYTES) {
      const bytes = Buffer.alloc(Math.min(CHUNK_BYTES, size - at));
      readSync(handle, bytes, 0, bytes.length, at);
      yield { at, bytes };
    }
  } finally {
    closeSync(handle);
  }
}
