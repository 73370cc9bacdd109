import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sync } from './disk.ts';

export const SECRET_FILE = 'station-secret';
const SECRET = /^[0-9a-f]{64}$/;

/** What this station signs its backups with; it is in no backup. */
export interface StationSecret {
  readonly key: Buffer;
  /** Names the secret without giving it away. */
  readonly id: string;
}

/** @returns null where there is none, or none that can be read */
export function readStationSecret(folder: string): StationSecret | null {
  try {
    const text = readFileSync(join(folder, SECRET_FILE), 'utf8').trim();
    return SECRET.test(text) ? secretOf(text) : null;
  } catch {
    return null;
  }
}

/** Reads the secret of a data folder, made where it is missing: mode 0600, and complete or not there. */
export function stationSecret(folder: string): StationSecret {
  const known = readStationSecret(folder);
  if (known) return known;
  const path = join(folder, SECRET_FILE);
  // A file that is there and is no secret stays for a person to look at.
  if (existsSync(path)) renameSync(path, `${path}.unreadable-${Date.now()}`);
  const text = randomBytes(32).toString('hex');
  writeFileSync(`${path}.new`, `${text}\n`, { mode: 0o600 });
  sync(`${path}.new`);
  renameSync(`${path}.new`, path);
  return secretOf(text);
}

function secretOf(text: string): StationSecret {
  const key = Buffer.from(text, 'hex');
  return { key, id: createHash('sha256').update(key).digest('hex').slice(0, 16) };
}
