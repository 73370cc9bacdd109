import type { ReadImageOptions, Segment } from '@boardwalk/flash';

/** A file that was drawn. */
export interface DrawnFile {
  readonly bytes: Uint8Array;
  readonly options: ReadImageOptions;
  /** What it puts into flash; null where it was damaged, and may still be readable. */
  readonly content: readonly Segment[] | null;
}

/** Segments in order, neighbours joined, as an image has them; what is there twice is there once. */
export function joined(pieces: readonly Segment[]): Segment[] {
  const segments: Segment[] = [];
  for (const piece of [...pieces].sort((one, other) => one.address - other.address)) {
    const last = segments.at(-1);
    const end = last ? last.address + last.data.length : -1;
    if (last && end >= piece.address) {
      const bytes = Math.max(end, piece.address + piece.data.length) - last.address;
      const data = new Uint8Array(bytes);
      data.set(last.data);
      data.set(piece.data, piece.address - last.address);
      segments[segments.length - 1] = { address: last.address, data };
    } else segments.push(piece);
  }
  return segments;
}

/** One line for each segment: what a failing comparison shows. */
export const wordsOf = (segments: readonly Segment[]): string[] =>
  segments.map(({ address, data }) => `${address.toString(16)} ${Buffer.from(data).toString('hex')}`);
