import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';

/** Makes a file or a folder's entries last through a power cut. */
export function sync(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Writes a file that is on disk when this returns. */
export function writeDurably(path: string, bytes: Uint8Array): void {
  const handle = openSync(path, 'w', 0o640);
  try {
    writeSync(handle, bytes);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
