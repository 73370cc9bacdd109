import type { StationKey } from '@boardwalk/contracts';
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sync } from '../file/disk.ts';

/** The private key, PKCS #8 in PEM, mode 0600; it is in no backup. */
export const KEY_FILE = 'station-key.pem';

/** The key that this station signs certificates with. */
export interface SigningKey {
  readonly privateKey: KeyObject;
  readonly shown: StationKey;
}

/** @returns null where there is none, or none that can be read */
export function readStationKey(folder: string): SigningKey | null {
  try {
    const privateKey = createPrivateKey(readFileSync(join(folder, KEY_FILE), 'utf8'));
    return privateKey.asymmetricKeyType === 'ed25519' ? keyOf(privateKey) : null;
  } catch {
    return null;
  }
}

/** Reads the key of a data folder, made where it is missing: mode 0600, and complete or not there. */
export function stationKey(folder: string): SigningKey {
  const known = readStationKey(folder);
  if (known) return known;
  const path = join(folder, KEY_FILE);
  // A file that is there and is no key stays for a person to look at.
  if (existsSync(path)) renameSync(path, `${path}.unreadable-${Date.now()}`);
  const { privateKey } = generateKeyPairSync('ed25519');
  writeFileSync(`${path}.new`, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  sync(`${path}.new`);
  renameSync(`${path}.new`, path);
  return keyOf(privateKey);
}

function keyOf(privateKey: KeyObject): SigningKey {
  return { privateKey, shown: shownKey(createPublicKey(privateKey)) };
}

/** A public key as certificates and people name it. */
export function shownKey(publicKey: KeyObject): StationKey {
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return {
    algorithm: 'Ed25519',
    id: createHash('sha256').update(der).digest('hex'),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
}
