import {
  imageIdOf,
  LIMITS,
  readImage,
  recordFormatOf,
  type Image,
  type ReadImageOptions,
} from '@boardwalk/flash';
import { hex32 } from '@boardwalk/contracts';
import { FLASH_BASE } from '@boardwalk/series';
import { InvalidArgumentError, Option } from 'commander';
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { wholeNumber } from './arguments.ts';
import { CommandError } from './errors.ts';

/** The options of a verb about its file. */
export type FileOptions = Pick<ReadImageOptions, 'raw' | 'at' | 'moveTo'>;

/** An address that is given once: a second one would take the place of the first without a word. */
function oneAddress(text: string, previous: number | undefined): number {
  if (previous !== undefined) throw new InvalidArgumentError('Give it once.');
  return wholeNumber(text);
}

export const FILE_OPTIONS: readonly Option[] = [
  new Option(
    '--at <address>',
    `where a raw file starts (default ${hex32(FLASH_BASE)}); raw files only`,
  ).argParser(oneAddress),
  new Option('--move-to <address>', 'move a file that has addresses: its lowest one becomes this').argParser(
    oneAddress,
  ),
  new Option('--raw', 'take the bytes as they are, also without a plausible vector table'),
];

/** A firmware file, read and checked. */
export interface ImageFile {
  readonly image: Image;
  /** The image’s id, whatever file it came in. */
  readonly imageSha256: string;
  readonly fileSha256: string;
  readonly name: string;
}

/** @throws CommandError, ImageError before any board is touched */
export function readImageFile(path: string, { raw, at, moveTo }: FileOptions): ImageFile {
  const bytes = contentOf(path);
  const image = readImage(bytes, {
    ...(raw ? { raw } : {}),
    ...(at === undefined ? {} : { at }),
    ...(moveTo === undefined ? {} : { moveTo }),
  });
  const fileSha256 = createHash('sha256').update(bytes).digest('hex');
  return { image, imageSha256: imageIdOf(image), fileSha256, name: basename(path) };
}

/** Bytes that flash may hold already: any file, read as firmware where it is some. */
export function readKnownFile(path: string): Image {
  const bytes = contentOf(path);
  return readImage(bytes, { raw: recordFormatOf(bytes) === null });
}

/** The bytes of a file, and of no more than a firmware file may have: a device would never end. */
function contentOf(path: string): Uint8Array {
  try {
    const file = openSync(path, 'r');
    try {
      return readUpTo(file, LIMITS.fileBytes + 1);
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new CommandError(missing ? 'cli.file' : 'cli.file:unreadable', { file: path }, cause);
  }
}

const PIECE_BYTES = 1024 * 1024;

function readUpTo(file: number, most: number): Uint8Array {
  const pieces: Buffer[] = [];
  for (let total = 0; total < most;) {
    const piece = Buffer.alloc(Math.min(PIECE_BYTES, most - total));
    const length = readSync(file, piece, 0, piece.length, null);
    if (length === 0) break;
    pieces.push(piece.subarray(0, length));
    total += length;
  }
  return new Uint8Array(Buffer.concat(pieces));
}
