import { readImage, type Image } from '@boardwalk/flash';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { CommandError, EXIT } from './errors.ts';

/** A firmware file, read and checked. @throws CommandError, ImageError before any board is touched */
export function readImageFile(
  path: string,
  address: number | undefined,
): { image: Image; sha256: string; name: string } {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    const says = missing ? `There is no file ${path}.` : `The file ${path} cannot be read.`;
    throw new CommandError(EXIT.wrongUsage, 'cli.file', says, 'Check the path.', { cause });
  }
  const name = basename(path);
  const image = readImage(new Uint8Array(bytes), { name, ...(address === undefined ? {} : { address }) });
  return { image, sha256: createHash('sha256').update(bytes).digest('hex'), name };
}
