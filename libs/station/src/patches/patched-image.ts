import type { Image, Segment } from '@boardwalk/flash';

/**
 * The image with bytes laid over it, so that what differs from board to board is erased for, programmed and verified
 * in the same pass. Bytes beside a segment grow it; bytes away from all become a segment of their own.
 */
export function patchedImage(image: Image, patches: readonly Segment[]): Image {
  if (patches.length === 0) return image;
  const pieces = [...image.segments, ...patches].sort((a, b) => a.address - b.address);
  const spans: { from: number; to: number }[] = [];
  for (const { address, data } of pieces) {
    const last = spans.at(-1);
    if (last && address <= last.to) last.to = Math.max(last.to, address + data.length);
    else spans.push({ from: address, to: address + data.length });
  }
  const segments = spans.map(({ from, to }) => {
    const data = new Uint8Array(to - from);
    for (const piece of [...image.segments, ...patches]) {
      if (piece.address >= from && piece.address < to) data.set(piece.data, piece.address - from);
    }
    return { address: from, data };
  });
  return { ...image, segments, sizeBytes: segments.reduce((sum, { data }) => sum + data.length, 0) };
}
