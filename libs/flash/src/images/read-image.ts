import { hex32, type ValuesOf } from '@boardwalk/contracts';
import { FLASH_BASE } from '@boardwalk/series';
import { ImageError, type ImageArgument, type ImageSentence } from '../errors.ts';
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

/** The arguments of a caller about a file. None is ignored: one without effect is refused. */
export interface ReadImageOptions {
  /** The format that the caller states; the content must agree. */
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
    throw new ImageError('image.too_large:file', { most: mib(LIMITS.fileBytes) });
  const format = agreedFormat(bytes, options);
  if (format === 'bin') return readRaw(bytes, options);
  if (options.at !== undefined)
    throw wrongArgument('at', 'image.argument:at', { format: NAMES[format], at: hex32(options.at) });
  const segments = moved(yield* READERS[format](bytes), options.moveTo);
  refuseOutsideFlash(segments);
  return imageFrom(segments, { format });
}

/** @throws ImageError where what is said and what is found do not agree */
function agreedFormat(bytes: Uint8Array, { format, raw }: ReadImageOptions): ImageFormat {
  if (raw && format !== undefined && format !== 'bin')
    throw wrongArgument('format', 'image.argument:both', { format: NAMES[format] });
  if (raw) return 'bin';
  const found = formatOf(bytes);
  if (format === undefined || format === found) return found;
  throw wrongArgument('format', 'image.argument:format', {
    format: NAMES[format],
    found: found === 'bin' ? 'not' : NAMES[found],
  });
}

function readRaw(bytes: Uint8Array, { at = FLASH_BASE, raw = false, moveTo }: ReadImageOptions): Image {
  if (moveTo !== undefined) throw wrongArgument('moveTo', 'image.argument:raw-move', { to: hex32(moveTo) });
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
    throw wrongArgument('moveTo', 'image.argument:move', { to: hex32(to) });
  return segments.map((segment) => ({ ...segment, address: segment.address + by }));
}

function wrongArgument<const Key extends Extract<ImageSentence, `image.argument:${string}`>>(
  argument: ImageArgument,
  key: Key,
  values: ValuesOf<Key>,
): ImageError {
  return new ImageError(key, values, null, argument);
}
