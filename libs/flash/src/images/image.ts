import type { ImageFormat } from '@boardwalk/contracts';

export type { ImageFormat };

/** Bytes that belong at an address. */
export interface Segment {
  readonly address: number;
  readonly data: Uint8Array;
}

/** Firmware: segments in address order that neither touch nor overlap. */
export interface Image {
  readonly format: ImageFormat;
  /** True: a person said that the bytes are to be taken as they are. */
  readonly raw: boolean;
  /** The initial stack pointer by which a raw file was taken for firmware; null where nothing rests on it. */
  readonly stack: number | null;
  readonly segments: readonly Segment[];
  readonly sizeBytes: number;
}

/** A segment with the place in the file where it begins, such as `line 12`. */
export interface PlacedSegment extends Segment {
  readonly where: string;
}

/** An image of segments that are in order and apart. */
export function imageFrom(
  segments: readonly Segment[],
  kind: Pick<Image, 'format'> & Partial<Pick<Image, 'raw' | 'stack'>>,
): Image {
  const sizeBytes = segments.reduce((sum, { data }) => sum + data.length, 0);
  const bare = segments.map(({ address, data }) => ({ address, data }));
  return { raw: false, stack: null, ...kind, segments: bare, sizeBytes };
}
