import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes the data directory with its parents, and proves that it can be written. Parents are made one by one: Node's
 * recursive mkdir never returns on file systems that refuse with ENOENT, such as /proc.
 * @throws the file system's error
 */
export function makeDataDirectory(path: string): void {
  const missing: string[] = [];
  for (let at = path; !existsSync(at) && dirname(at) !== at; at = dirname(at)) missing.push(at);
  for (const folder of missing.reverse()) mkdirSync(folder);
  accessSync(path, constants.W_OK);
}
