import type { AccessBytes } from '../core/system-bus.ts';

/** A little-endian word out of bytes, unsigned. */
export function wordAt(bytes: Uint8Array, offset: number): number {
  return (
    (bytes[offset]! | (bytes[offset + 1]! << 8) | (bytes[offset + 2]! << 16) | (bytes[offset + 3]! << 24)) >>>
    0
  );
}

/** A little-endian value of that width out of bytes, unsigned. */
export function valueAt(bytes: Uint8Array, offset: number, width: AccessBytes): number {
  if (width === 4) return wordAt(bytes, offset);
  return width === 2 ? bytes[offset]! | (bytes[offset + 1]! << 8) : bytes[offset]!;
}

/** What an access of that width sees of the word around its address. */
export function narrow(word: number, address: number, bytes: AccessBytes): number {
  const shifted = word >>> (8 * (address & 3));
  return bytes === 4 ? word >>> 0 : bytes === 2 ? shifted & 0xffff : shifted & 0xff;
}

/** The word around an address after an access of that width has written its part. */
export function merge(old: number, address: number, bytes: AccessBytes, value: number): number {
  const shift = 8 * (address & 3);
  const mask = (bytes === 2 ? 0xffff : 0xff) << shift;
  return ((old & ~mask) | ((value << shift) & mask)) >>> 0;
}
