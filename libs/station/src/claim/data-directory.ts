import { accessSync, chmodSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Read, written and entered by its owner alone: records, images and tokens are nobody else's. */
const PRIVATE = 0o700;
const OTHERS = 0o077;
/** A folder that everybody may write to, such as /tmp, is not the station's to close. */
const STICKY = 0o1000;

/**
 * Makes the data directory with its parents, proves that it can be written, and closes it to other users. Parents are
 * made one by one: Node's recursive mkdir never returns on file systems that refuse with ENOENT, such as /proc.
 * @throws the file system's error
 */
export function makeDataDirectory(path: string): void {
  const missing: string[] = [];
  for (let at = path; !existsSync(at) && dirname(at) !== at; at = dirname(at)) missing.push(at);
  for (const folder of missing.reverse()) mkdirSync(folder, { mode: PRIVATE });
  accessSync(path, constants.W_OK);
  closeToOthers(path);
}

/** A folder of an earlier version, or of a careless hand. One that belongs to another user is left as it is. */
function closeToOthers(path: string): void {
  const { mode, uid } = statSync(path);
  if ((mode & OTHERS) === 0 || (mode & STICKY) !== 0 || uid !== process.getuid?.()) return;
  chmodSync(path, mode & ~OTHERS & 0o7777);
}
