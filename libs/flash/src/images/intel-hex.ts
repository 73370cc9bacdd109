import { hexByte } from '@boardwalk/contracts';
import { ImageError } from '../errors.ts';
import { ByteMap } from './byte-map.ts';
import type { PlacedSegment } from './image.ts';
import { isComment, isDigit, joined, noRecord, RecordDigits } from './record-digits.ts';
import type { Steps } from './steps.ts';
import { TextLines } from './text-lines.ts';

const RECORD = 'Intel HEX record';
const COLON = 0x3a;
/** Count, address, type and checksum. */
const FRAME_BYTES = 5;
/** In a segment of 64 KiB addresses go round; after a linear base they go on (Intel, revision A, section 2). */
const SEGMENT_BYTES = 0x10000;
/** A record that lost its colon has as many digits at least. */
const LOST_RECORD = /[0-9a-f]{10}/i;

const DATA = 0;
const END = 1;
const SEGMENT_BASE = 2;
const LINEAR_BASE = 4;
/** Data bytes of the records that have no data for flash. Start addresses (03, 05) say where to run. */
const FIXED_BYTES: Readonly<Record<number, { readonly bytes: number; readonly name: string }>> = {
  [END]: { bytes: 0, name: 'end' },
  [SEGMENT_BASE]: { bytes: 2, name: 'segment base' },
  3: { bytes: 4, name: 'start segment' },
  [LINEAR_BASE]: { bytes: 2, name: 'linear base' },
  5: { bytes: 4, name: 'start address' },
};

/** Intel HEX (Intel "Hexadecimal Object File Format Specification", revision A). @throws ImageError with the line */
export function* readIntelHex(text: Uint8Array): Steps<PlacedSegment[]> {
  const lines = new TextLines(text);
  const reader = new HexReader();
  for (let found = lines.next(); found !== 'end'; found = lines.next()) {
    if (found === 'line') reader.take(lines);
    if (found === 'pause' || lines.number % 16 === 0) yield;
  }
  return yield* reader.finish();
}

class HexReader {
  readonly #map = new ByteMap((line) => `line ${line}`);
  readonly #record = new RecordDigits();
  #base = 0;
  #segmented = false;
  #begun = false;
  /** The line of the end record; 0: not yet. */
  #endedAt = 0;

  take(lines: TextLines): void {
    const colon = this.#colonOf(lines);
    if (colon < 0) return;
    if (this.#endedAt > 0) throw joined(this.#endedAt, lines.where);
    this.#begun = true;
    const record = this.#record;
    record.decode(lines, colon + 1, RECORD);
    checkFrame(record, lines);
    const type = record.bytes[3]!;
    const count = record.bytes[0]!;
    if (type === DATA) return this.#data(record.number(1, 2), count, lines.number);
    checkFixed(type, count, lines);
    if (type === END) this.#endedAt = lines.number;
    if (type === SEGMENT_BASE || type === LINEAR_BASE) {
      this.#segmented = type === SEGMENT_BASE;
      this.#base = record.number(4, 2) * (this.#segmented ? 16 : SEGMENT_BYTES);
    }
  }

  /** Where a record begins; what is before its colon is ignored (Intel, section 1). -1: the line is decoration. */
  #colonOf(lines: TextLines): number {
    const { bytes, from, to, where } = lines;
    if (bytes[from] === COLON) return from;
    if (isComment(bytes, from)) return -1;
    const words = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1');
    const colon = words.indexOf(':');
    if (LOST_RECORD.test(colon < 0 ? words : words.slice(0, colon)))
      throw new ImageError('image.format:no-colon', { record: RECORD }, where);
    if (colon >= 0 && isDigit(bytes[from + colon + 1])) return from + colon;
    if (!this.#begun) return -1;
    throw noRecord(RECORD, lines);
  }

  #data(offset: number, count: number, line: number): void {
    const { bytes } = this.#record;
    const room = this.#segmented ? SEGMENT_BYTES - offset : count;
    const first = Math.min(count, room);
    this.#map.put(this.#base + offset, bytes, 4, first, line);
    if (first < count) this.#map.put(this.#base, bytes, 4 + first, count - first, line);
  }

  *finish(): Steps<PlacedSegment[]> {
    if (this.#endedAt === 0) throw new ImageError('image.truncated:hex', {});
    return yield* this.#map.segments();
  }
}

/** @throws ImageError */
function checkFrame(record: RecordDigits, lines: TextLines): void {
  const said = record.bytes[0] ?? 0;
  const expected = said + FRAME_BYTES;
  const { where } = lines;
  if (record.length < expected) {
    const found = Math.max(0, record.length - FRAME_BYTES);
    throw new ImageError('image.truncated:data', { record: RECORD, said, found }, where);
  }
  if (record.length > expected)
    throw new ImageError('image.format:long-data', { record: RECORD, said }, where);
  const sum = record.sum();
  if (sum === 0) return;
  const found = record.bytes[record.length - 1]!;
  const sums = { found: hexByte(found), due: hexByte((found - sum) & 0xff) };
  throw new ImageError('image.checksum', { record: RECORD, ...sums }, where);
}

/** @throws ImageError */
function checkFixed(type: number, count: number, { where }: TextLines): void {
  const known = FIXED_BYTES[type];
  if (!known) throw new ImageError('image.format:hex-type', { type: hexByte(type) }, where);
  if (count === known.bytes) return;
  throw new ImageError('image.format:fixed', { name: known.name, found: count, due: known.bytes }, where);
}
