import { hex } from '@boardwalk/contracts';
import { ImageError } from '../errors.ts';
import type { TextLines } from './text-lines.ts';

/** The value of each ASCII hex digit, upper or lower case; 255 for anything else. */
const DIGITS = new Uint8Array(256).fill(255);
for (let value = 0; value < 16; value += 1) {
  const digit = value.toString(16);
  DIGITS[digit.charCodeAt(0)] = value;
  DIGITS[digit.toUpperCase().charCodeAt(0)] = value;
}

/** Count, address, type, data and checksum of the longest record there is. */
const MOST_BYTES = 262;
const SEMICOLON = 0x3b;
const HASH = 0x23;
const ASTERISK = 0x2a;
const SLASH = 0x2f;
const CONFLICT = /^(?:[<>|]{7} |={7}$)/;

export const isDigit = (character: number | undefined): boolean =>
  character !== undefined && DIGITS[character] !== 255;

/** Whether a line, or what follows a record on it, is a comment by one of the usual marks: `;`, `#`, `*`, `//`. */
export function isComment(bytes: Uint8Array, from: number): boolean {
  const first = bytes[from];
  if (first === SLASH) return bytes[from + 1] === SLASH;
  return first === SEMICOLON || first === HASH || first === ASTERISK;
}

/** The bytes of one record, decoded into a buffer that the next record uses again. */
export class RecordDigits {
  readonly bytes = new Uint8Array(MOST_BYTES);
  length = 0;

  /**
   * Decodes the digit pairs of a line from `from` on; a comment may follow them.
   * @throws ImageError for anything else
   */
  decode(lines: TextLines, from: number, format: string): void {
    const { bytes: text, to } = lines;
    let at = from;
    let count = 0;
    for (; at + 1 < to && count < MOST_BYTES; at += 2, count += 1) {
      const high = DIGITS[text[at]!]!;
      const low = DIGITS[text[at + 1]!]!;
      if ((high | low) > 15) break;
      this.bytes[count] = high * 16 + low;
    }
    this.length = count;
    if (at < to) refuseRest(lines, at, format);
  }

  /** The sum of all bytes, modulo 256. */
  sum(): number {
    let sum = 0;
    for (let i = 0; i < this.length; i += 1) sum += this.bytes[i]!;
    return sum & 0xff;
  }

  /** A number of `width` bytes, the high one first. */
  number(at: number, width: number): number {
    let value = 0;
    for (let i = 0; i < width; i += 1) value = value * 256 + this.bytes[at + i]!;
    return value;
  }
}

/** A line that is no record. */
export function noRecord(format: string, { bytes, from, to, where }: TextLines): ImageError {
  const words = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1');
  const key = CONFLICT.test(words) ? 'image.format:conflict' : 'image.format:no-record';
  return new ImageError(key, { record: format }, where);
}

/** A record after the end record. */
export function joined(endedAt: number, where: string): ImageError {
  return new ImageError('image.format:joined', { line: endedAt }, where);
}

/** Accepts a comment after the digits of a record. @throws ImageError unless it is a comment */
function refuseRest({ bytes, to, where }: TextLines, from: number, format: string): void {
  if (from + 1 === to && isDigit(bytes[from]))
    throw new ImageError('image.truncated:byte', { record: format }, where);
  const rest = bytes.subarray(from, to);
  const gap = rest.findIndex((byte) => byte !== 0x20 && byte !== 0x09);
  if (gap > 0 && isComment(rest, gap)) return;
  const wrong = rest.find((byte) => !isDigit(byte));
  const found = wrong === undefined ? 'more bytes than any record' : nameOf(wrong);
  throw new ImageError('image.format:not-hex', { record: format, found }, where);
}

function nameOf(byte: number): string {
  const printable = byte > 0x20 && byte < 0x7f;
  return printable ? `the character "${String.fromCharCode(byte)}"` : `the byte ${hex(byte)}`;
}
