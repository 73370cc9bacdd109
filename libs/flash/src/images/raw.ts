import { hex32 } from '@boardwalk/contracts';
import {
  FLASH_BASE,
  LARGEST_FLASH_BYTES,
  LARGEST_SRAM_BYTES,
  SERIES_NAMES,
  SRAM_BASE,
} from '@boardwalk/series';
import { ImageError } from '../errors.ts';
import { seemsLinkedFor } from './linked-for.ts';
import type { PlacedSegment } from './image.ts';
import { LIMITS } from './limits.ts';
import { rangeWords } from './words.ts';

const TABLE_BYTES = 8;
/** The place of every fault in a raw file: its first words. */
const START = 'offset 0x0';

/** Bytes at an address, as they are. @throws ImageError when they are more than an image may have */
export function rawSegment(bytes: Uint8Array, address: number): PlacedSegment {
  if (bytes.length === 0) throw new ImageError('image.empty', {});
  if (bytes.length > LIMITS.dataBytes)
    throw new ImageError('image.too_large:raw', {
      bytes: bytes.length,
      most: LIMITS.dataBytes,
      series: SERIES_NAMES,
    });
  return { address, data: bytes, where: START };
}

/**
 * The initial stack pointer of a raw file whose first two words are plausible: a stack in RAM, and an odd reset vector
 * inside the file (ARMv7-M B1.5.3). @throws ImageError that says which is not
 */
export function stackOf({ address, data }: PlacedSegment): number {
  if (data.length <= TABLE_BYTES) throw new ImageError('image.vectors:few', { bytes: data.length }, START);
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const stack = view.getUint32(0, true);
  const reset = view.getUint32(4, true);
  const why = wrongStack(stack, LARGEST_SRAM_BYTES);
  if (why) throw new ImageError('image.vectors:stack', { why }, START);
  if (reset % 2 === 0) throw new ImageError('image.vectors:even', { reset: hex32(reset) }, START);
  if (reset - 1 >= address + TABLE_BYTES && reset - 1 < address + data.length) return stack;
  throw outside(reset, { address, data });
}

/** The reason why a word cannot be the initial stack pointer of a chip with this much RAM; null: it can. */
export function wrongStack(stack: number, sramBytes: number): string | null {
  if (stack <= SRAM_BASE || stack > SRAM_BASE + sramBytes)
    return `its first word, ${hex32(stack)}, is no stack pointer into ${sramBytes / 1024} KiB of RAM from ${hex32(SRAM_BASE)}`;
  return stack % 4 === 0
    ? null
    : `its first word, ${hex32(stack)}, is no stack pointer: it is not a multiple of 4`;
}

function outside(reset: number, { address, data }: Pick<PlacedSegment, 'address' | 'data'>): ImageError {
  const linked = seemsLinkedFor(data);
  const fits =
    linked !== null && linked !== address && linked + data.length <= FLASH_BASE + LARGEST_FLASH_BYTES;
  const found = { reset: hex32(reset), range: rangeWords(address, data.length) };
  if (!fits) return new ImageError('image.vectors:outside', found, START);
  return new ImageError('image.vectors:linked', { ...found, linked: hex32(linked) }, START);
}
