import { ImageError } from '../errors.ts';

const LF = 0x0a;
const CR = 0x0d;
/** Space, tabs, form feed, and what pads text files: NUL, and DOS's end-of-file byte. */
const BLANK = new Set([0x20, 0x09, 0x0b, 0x0c, 0x00, 0x1a, CR]);
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
/** A record of 255 bytes has 521 characters; the rest is for comments. */
const LONGEST_LINE = 4096;
/** How far one call looks. */
const REACH = 8192;

/**
 * The lines of a text file, without the blanks around them; blank lines are left out. Ends of lines are LF, CR LF,
 * CR CR LF or CR alone. One call looks at a bounded number of bytes, whatever the file is made of.
 */
export class TextLines {
  /** The line found last: its number as editors count, and its bytes without blanks around them. */
  number = 1;
  from = 0;
  to = 0;
  #at: number;
  #next = 1;
  readonly #end: number;

  constructor(readonly bytes: Uint8Array) {
    const mark = BYTE_ORDER_MARK.every((byte, i) => bytes[i] === byte);
    this.#at = mark ? BYTE_ORDER_MARK.length : 0;
    // Files of old Macs have CR alone; elsewhere it belongs to the LF after it.
    this.#end = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(LF) ? LF : CR;
  }

  /** The line found last, as an error names it. */
  get where(): string {
    return `line ${this.number}`;
  }

  /** `pause`: nothing was found within reach; ask again. @throws ImageError for a line that is no record's */
  next(): 'line' | 'pause' | 'end' {
    const { bytes } = this;
    let at = this.#at;
    const reach = Math.min(bytes.length, at + REACH);
    for (; at < reach; at += 1) {
      const byte = bytes[at]!;
      if (byte === this.#end) this.#next += 1;
      else if (!BLANK.has(byte)) return this.#line(at);
    }
    this.#at = at;
    return at >= bytes.length ? 'end' : 'pause';
  }

  #line(from: number): 'line' {
    const { bytes } = this;
    const longest = Math.min(bytes.length, from + LONGEST_LINE);
    let end = from;
    while (end < longest && bytes[end] !== LF && bytes[end] !== CR) end += 1;
    this.number = this.#next;
    if (end === longest && longest < bytes.length)
      throw new ImageError('image.format:long-line', { most: LONGEST_LINE }, this.where);
    this.#at = end;
    while (end > from && BLANK.has(bytes[end - 1]!)) end -= 1;
    this.from = from;
    this.to = end;
    return 'line';
  }
}
