import { ImageError } from '../errors.ts';

export type ImageFormat = 'bin' | 'hex' | 'srec' | 'elf';

/** Bytes that belong at an address. */
export interface Segment {
  readonly address: number;
  readonly data: Uint8Array;
}

/** Firmware: segments in address order that neither touch nor overlap. */
export interface Image {
  readonly format: ImageFormat;
  readonly segments: readonly Segment[];
  readonly sizeBytes: number;
}

/** A piece as a parser found it, with where it stood in the file. */
export interface Piece extends Segment {
  readonly where: string;
}

/** Orders and joins pieces. @throws ImageError where two claim the same address, or nothing is there at all */
export function imageOf(format: ImageFormat, pieces: readonly Piece[]): Image {
  const sorted = pieces.filter(({ data }) => data.length > 0).sort((a, b) => a.address - b.address);
  if (sorted.length === 0) throw new ImageError('image.empty', 'The file holds no data');
  const segments: { address: number; parts: Uint8Array[]; end: number }[] = [];
  for (const piece of sorted) {
    const end = piece.address + piece.data.length;
    if (end > 2 ** 32) throw new ImageError('image.address', 'Data lies beyond 32 bits', piece.where);
    const last = segments.at(-1);
    if (last && piece.address < last.end) {
      throw new ImageError(
        'image.overlap',
        `Two pieces claim address 0x${piece.address.toString(16).padStart(8, '0')}`,
        piece.where,
      );
    }
    if (last && piece.address === last.end) {
      last.parts.push(piece.data);
      last.end = end;
    } else segments.push({ address: piece.address, parts: [piece.data], end });
  }
  const joined = segments.map(({ address, parts }) => ({
    address,
    data: new Uint8Array(Buffer.concat(parts)),
  }));
  return { format, segments: joined, sizeBytes: joined.reduce((sum, { data }) => sum + data.length, 0) };
}
