import { hexByte } from '@boardwalk/contracts';
import { ImageError } from '../errors.ts';
import { containerOf } from './containers.ts';
import type { ImageFormat } from './image.ts';
import { kindOfText } from './text-kinds.ts';

const ELF = [0x7f, 0x45, 0x4c, 0x46];
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
/** How far records are looked for: comments come before them. */
const HEAD_BYTES = 16 * 1024;
/** How much must be text for a file to be text. */
const TEXT_BYTES = 512;
/** Control characters that text files contain: tab, line feed, form feed, carriage return, DOS's end, padding. */
const TEXT_CONTROLS = new Set([0x00, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1a]);

/**
 * The format of a file, by its content alone; `bin` where nothing else is known.
 * @throws ImageError for what is no firmware: an archive, a page, a pointer, another tool's container
 */
export function formatOf(bytes: Uint8Array): ImageFormat {
  if (bytes.length === 0) throw new ImageError('image.empty', {});
  if (begins(bytes, ELF)) return 'elf';
  const container = containerOf(bytes);
  if (container) throw foreign(container.name, container.remedy);
  refuseOneByte(bytes);
  const wide = wideText(bytes);
  if (wide) throw foreign(wide, 'Save it as plain ASCII text, and give it again.');
  if (!isText(bytes)) return 'bin';
  const from = begins(bytes, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  const found = kindOfText(Buffer.from(bytes.subarray(from, HEAD_BYTES)).toString('latin1'));
  if ('format' in found) return found.format;
  throw foreign(found.name, found.remedy);
}

/** The format of a file that has addresses of its own, or null: never an error. */
export function recordFormatOf(bytes: Uint8Array): Exclude<ImageFormat, 'bin'> | null {
  try {
    const format = formatOf(bytes);
    return format === 'bin' ? null : format;
  } catch (cause) {
    if (cause instanceof ImageError) return null;
    throw cause;
  }
}

const begins = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, i) => bytes[i] === byte);

const foreign = (name: string, remedy: string): ImageError =>
  new ImageError('image.format:foreign', { name, remedy });

/** How much of a file must be wide characters. Firmware for a Cortex-M begins otherwise: its vectors are odd. */
const WIDE_BYTES = 16;
/** Bytes of one character, and which of them is the ASCII one: the others are 0. */
const WIDE: readonly (readonly [name: string, size: number, ascii: number])[] = [
  ['UTF-16', 2, 0],
  ['UTF-16', 2, 1],
  ['UTF-32', 4, 0],
  ['UTF-32', 4, 3],
];

/** Text in characters of two or four bytes, without a byte order mark; null: it is none. */
function wideText(bytes: Uint8Array): string | null {
  const head = bytes.subarray(0, WIDE_BYTES);
  if (head.length < WIDE_BYTES) return null;
  const found = WIDE.find(([, size, ascii]) =>
    head.every((byte, i) => (i % size === ascii ? isAscii(byte) : byte === 0)),
  );
  return found ? `${found[0]} text` : null;
}

const isAscii = (byte: number): boolean => (byte >= 0x20 && byte < 0x7f) || (byte >= 0x09 && byte <= 0x0d);

/** Blank flash, or a file that a full disk left. @throws ImageError */
function refuseOneByte(bytes: Uint8Array): void {
  const [first] = bytes;
  if (first !== 0x00 && first !== 0xff) return;
  if (Buffer.compare(bytes.subarray(1), bytes.subarray(0, -1)) !== 0) return;
  const value = hexByte(first);
  throw new ImageError('image.format:one-byte', { bytes: bytes.length, value });
}

/** No control characters but those of text, and mostly ASCII: comments may be in any language, and NUL pads. */
function isText(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, TEXT_BYTES);
  const words = head.subarray(0, head.findLastIndex((byte) => byte !== 0) + 1);
  if (!words.every((byte) => (byte >= 0x20 && byte !== 0x7f) || TEXT_CONTROLS.has(byte))) return false;
  const others = words.filter((byte) => byte > 0x7f || byte === 0).length;
  return others * 3 < words.length;
}
