import { hex32 } from '@boardwalk/contracts';
import { FLASH_BASE } from '@boardwalk/series';
import { ImageError } from '../errors.ts';
import { formatOf } from './content.ts';
import { readElf } from './elf.ts';
import { imageFrom, type Image, type ImageFormat, type PlacedSegment } from './image.ts';
import { readIntelHex } from './intel-hex.ts';
import { LIMITS } from './limits.ts';
import { refuseOutsideFlash } from './memory-map.ts';
import { rawSegment, stackOf } from './raw.ts';
import { readSRecords } from './s-record.ts';
import { atOnce, inSlices, type Steps } from './steps.ts';
import { mib } from './words.ts';

/** What a caller says about a file. Nothing of it is ignored: what has no effect is refused. */
export interface ReadImageOptions {
  /** What the file is said to be; its content must agree. */
  readonly format?: ImageFormat;
  /** Takes the bytes as they are, whatever they look like. */
  readonly raw?: boolean;
  /** Where a raw file starts; default the flash base. Other formats have their own addresses. */
  readonly at?: number;
  /** Moves a file that has addresses, so that its lowest one becomes this. */
  readonly moveTo?: number;
}

/** Reads firmware from a file's bytes. @throws ImageError with the line or offset that is wrong */
export function readImage(bytes: Uint8Array, options: ReadImageOptions = {}): Image {
  return atOnce(imageSteps(bytes, options));
}

/** Reads firmware from a file's bytes in short slices: the event loop goes on between them. @throws ImageError */
export function readImageInSlices(bytes: Uint8Array, options: ReadImageOptions = {}): Promise<Image> {
  return inSlices(imageSteps(bytes, options));
}

/** Bytes that the program itself made, as an image at an address. @throws ImageError when they are too many */
export function rawImage(bytes: Uint8Array, at = FLASH_BASE): Image {
  return imageFrom([rawSegment(bytes, at)], { format: 'bin', raw: true });
}

const NAMES: Readonly<Record<ImageFormat, string>> = {
  bin: 'a raw binary',
  hex: 'Intel HEX',
  srec: 'S-records',
  elf: 'ELF',
};
const READERS: Readonly<Record<Exclude<ImageFormat, 'bin'>, (bytes: Uint8Array) => Steps<PlacedSegment[]>>> =
  { hex: readIntelHex, srec: readSRecords, elf: readElf };

function* imageSteps(bytes: Uint8Array, options: ReadImageOptions): Steps<Image> {
  if (bytes.length > LIMITS.fileBytes)
    throw new ImageError(
      'image.too_large',
      `The file is larger than ${mib(LIMITS.fileBytes)}, the most that is read`,
      null,
      'Strip debug information from it, or check that it is the firmware.',
    );
  const format = agreedFormat(bytes, options);
  if (format === 'bin') return readRaw(bytes, options);
  if (options.at !== undefined)
    throw wrongArgument(
      'at',
      `The file is ${NAMES[format]} and has addresses of its own, so --at ${hex32(options.at)} (REST: at) would have no effect`,
      'Leave it out, or use --move-to (REST: moveTo) to move the file there.',
    );
  const segments = moved(yield* READERS[format](bytes), options.moveTo);
  refuseOutsideFlash(segments);
  return imageFrom(segments, { format });
}

/** @throws ImageError where what is said and what is found do not agree */
function agreedFormat(bytes: Uint8Array, { format, raw }: ReadImageOptions): ImageFormat {
  if (raw && format !== undefined && format !== 'bin')
    throw wrongArgument('format', `The file cannot be both raw and ${NAMES[format]}`, 'Say one of both.');
  if (raw) return 'bin';
  const found = formatOf(bytes);
  if (format === undefined || format === found) return found;
  throw wrongArgument(
    'format',
    `The file was said to be ${NAMES[format]}, and its content is ${found === 'bin' ? 'not' : NAMES[found]}`,
    'Leave the format out, or give the right file.',
  );
}

function readRaw(bytes: Uint8Array, { at = FLASH_BASE, raw = false, moveTo }: ReadImageOptions): Image {
  if (moveTo !== undefined)
    throw wrongArgument(
      'moveTo',
      'The file is raw and has no addresses that --move-to (REST: moveTo) could move',
      `Use --at ${hex32(moveTo)} (REST: at=${hex32(moveTo)}) to say where it starts.`,
    );
  const segment = rawSegment(bytes, at);
  const stack = raw ? null : stackOf(segment);
  refuseOutsideFlash([segment]);
  return imageFrom([segment], { format: 'bin', raw, stack });
}

/** @throws ImageError where the move would leave 32-bit addresses */
function moved(segments: PlacedSegment[], to: number | undefined): PlacedSegment[] {
  if (to === undefined) return segments;
  const by = to - segments[0]!.address;
  const { address, data } = segments.at(-1)!;
  if (address + by + data.length > 2 ** 32)
    throw wrongArgument(
      'moveTo',
      `Moved to ${hex32(to)} the data would go beyond 32-bit addresses`,
      'Move it to an address in flash.',
    );
  return segments.map((segment) => ({ ...segment, address: segment.address + by }));
}

function wrongArgument(argument: 'at' | 'moveTo' | 'format', says: string, remedy: string): ImageError {
  return new ImageError('image.argument', says, null, remedy, argument);
}
