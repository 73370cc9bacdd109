import { hexByte } from '@boardwalk/contracts';
import { ImageError } from '../errors.ts';
import { ByteMap } from './byte-map.ts';
import type { PlacedSegment } from './image.ts';
import { isComment, joined, noRecord, RecordDigits } from './record-digits.ts';
import type { Steps } from './steps.ts';
import { TextLines } from './text-lines.ts';

const RECORD = 'S-record';
const S = 0x53;
const ZERO = 0x30;

type Kind = 'header' | 'data' | 'count' | 'end';
interface RecordType {
  readonly kind: Kind;
  /** Bytes of the address, or of the count. */
  readonly width: number;
}
/** By the digit after the S (Motorola, M68000 Family Programmer’s Reference Manual, appendix C). S4 is reserved. */
const TYPES: Readonly<Record<number, RecordType>> = {
  0: { kind: 'header', width: 2 },
  1: { kind: 'data', width: 2 },
  2: { kind: 'data', width: 3 },
  3: { kind: 'data', width: 4 },
  5: { kind: 'count', width: 2 },
  6: { kind: 'count', width: 3 },
  7: { kind: 'end', width: 4 },
  8: { kind: 'end', width: 3 },
  9: { kind: 'end', width: 2 },
};

/** Motorola S-records. @throws ImageError with the line */
export function* readSRecords(text: Uint8Array): Steps<PlacedSegment[]> {
  const lines = new TextLines(text);
  const reader = new SRecordReader();
  for (let found = lines.next(); found !== 'end'; found = lines.next()) {
    if (found === 'line') reader.take(lines);
    if (found === 'pause' || lines.number % 16 === 0) yield;
  }
  return yield* reader.finish();
}

class SRecordReader {
  readonly #map = new ByteMap((line) => `line ${line}`);
  readonly #record = new RecordDigits();
  /** Data records so far: what S5 and S6 count. */
  #count = 0;
  /** The line of the end record; 0: not yet. */
  #endedAt = 0;

  take(lines: TextLines): void {
    const { bytes, from, to } = lines;
    if (isComment(bytes, from)) return;
    // Lower case too: "s1…".
    if ((bytes[from]! & ~0x20) !== S) throw noRecord(RECORD, lines);
    if (this.#endedAt > 0) throw joined(this.#endedAt, lines.where);
    const digit = from + 1 < to ? bytes[from + 1]! : 0;
    const type = TYPES[digit - ZERO];
    if (!type) {
      const name = digit > 0x20 && digit < 0x7f ? `type S${String.fromCharCode(digit)}` : 'that type';
      throw new ImageError('image.format:srec-type', { type: name }, lines.where);
    }
    this.#record.decode(lines, from + 2, RECORD);
    checkFrame(this.#record, type, lines);
    this.#use(type, lines);
  }

  #use({ kind, width }: RecordType, lines: TextLines): void {
    const record = this.#record;
    const data = record.length - width - 2;
    const value = record.number(1, width);
    if (kind === 'data') {
      this.#count += 1;
      this.#map.put(value, record.bytes, 1 + width, data, lines.number);
      return;
    }
    if (kind === 'header') return;
    if (data > 0) throw new ImageError('image.format:no-data', { kind, found: data }, lines.where);
    if (kind === 'end') this.#endedAt = lines.number;
    else if (value !== this.#count)
      throw new ImageError('image.count', { said: value, found: this.#count }, lines.where);
  }

  *finish(): Steps<PlacedSegment[]> {
    if (this.#endedAt === 0) throw new ImageError('image.truncated:srec', {});
    return yield* this.#map.segments();
  }
}

/** @throws ImageError */
function checkFrame(record: RecordDigits, { width }: RecordType, { where }: TextLines): void {
  const said = record.bytes[0] ?? 0;
  const found = Math.max(0, record.length - 1);
  if (record.length === 0 || found < said)
    throw new ImageError('image.truncated:bytes', { record: RECORD, said, found }, where);
  if (found > said) throw new ImageError('image.format:long', { record: RECORD, said }, where);
  if (said < width + 1) throw new ImageError('image.truncated:address', { record: RECORD }, where);
  const sum = record.sum();
  if (sum === 0xff) return;
  const checksum = record.bytes[record.length - 1]!;
  const sums = { found: hexByte(checksum), due: hexByte((checksum + 0xff - sum) & 0xff) };
  throw new ImageError('image.checksum', { record: RECORD, ...sums }, where);
}
