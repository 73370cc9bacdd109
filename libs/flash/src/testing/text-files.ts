/** Bytes at an address, to be written in some format. */
export interface Piece {
  readonly address: number;
  readonly data: Uint8Array | readonly number[];
}

const hex = (bytes: readonly number[]): string => Buffer.from(bytes).toString('hex').toUpperCase();

/** One Intel HEX record with its checksum. */
export function hexRecord(type: number, offset: number, data: Uint8Array | readonly number[]): string {
  const bytes = [data.length, (offset >>> 8) & 0xff, offset & 0xff, type, ...data];
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  return `:${hex([...bytes, -sum & 0xff])}`;
}

export const HEX_END = hexRecord(1, 0, []);

/** The record that sets the upper half of the addresses after it. */
export const hexBase = (address: number): string =>
  hexRecord(4, 0, [(address >>> 24) & 0xff, (address >>> 16) & 0xff]);

/** Intel HEX records of pieces, without the end record. */
export function hexRecords(pieces: readonly Piece[], bytesPerRecord = 16): string[] {
  const lines: string[] = [];
  let base = -1;
  for (const { address, data } of pieces) {
    for (let at = 0; at < data.length;) {
      const from = address + at;
      if (base !== from >>> 16) lines.push(hexBase(from));
      base = from >>> 16;
      const room = 0x10000 - (from & 0xffff);
      const length = Math.min(bytesPerRecord, data.length - at, room);
      lines.push(hexRecord(0, from & 0xffff, data.slice(at, at + length)));
      at += length;
    }
  }
  return lines;
}

const WIDTHS: Readonly<Record<number, number>> = { 0: 2, 1: 2, 2: 3, 3: 4, 5: 2, 6: 3, 7: 4, 8: 3, 9: 2 };

/** One S-record with its checksum. `value` is its address, or what it counts. */
export function sRecord(type: number, value: number, data: Uint8Array | readonly number[] = []): string {
  const width = WIDTHS[type] ?? 2;
  const address = Array.from({ length: width }, (_, i) => Math.floor(value / 256 ** (width - 1 - i)) & 0xff);
  const bytes = [width + data.length + 1, ...address, ...data];
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  return `S${type}${hex([...bytes, ~sum & 0xff])}`;
}

/** S3 records of pieces, without header, count and end record. */
export function sRecords(pieces: readonly Piece[], bytesPerRecord = 16): string[] {
  return pieces.flatMap(({ address, data }) =>
    Array.from({ length: Math.ceil(data.length / bytesPerRecord) }, (_, i) =>
      sRecord(3, address + i * bytesPerRecord, data.slice(i * bytesPerRecord, (i + 1) * bytesPerRecord)),
    ),
  );
}

/** A text file of lines. */
export const textFile = (lines: readonly string[], end = '\n'): Uint8Array =>
  new Uint8Array(Buffer.from(lines.map((line) => line + end).join(''), 'latin1'));
