import { hex32 } from '@boardwalk/contracts';
import { FLASH_BASE, LARGEST_FLASH_BYTES, LARGEST_SRAM_BYTES, SRAM_BASE } from '@boardwalk/series';
import { ImageError } from '../errors.ts';
import { seemsLinkedFor } from './linked-for.ts';
import type { PlacedSegment } from './image.ts';
import { LIMITS } from './limits.ts';
import { CHECK_BUILT_FOR, rangeWords } from './words.ts';

const TABLE_BYTES = 8;
const INSIST = 'If these bytes are meant as they are, say so with --raw (REST: raw=true).';

/** Bytes at an address, as they are. @throws ImageError when they are more than an image may have */
export function rawSegment(bytes: Uint8Array, address: number): PlacedSegment {
  if (bytes.length === 0) throw new ImageError('image.empty', 'The file is empty');
  if (bytes.length > LIMITS.dataBytes)
    throw new ImageError(
      'image.too_large',
      `The raw file has ${bytes.length} bytes; an image has at most ${LIMITS.dataBytes}`,
      null,
      CHECK_BUILT_FOR,
    );
  return { address, data: bytes, where: 'offset 0x0' };
}

/**
 * The initial stack pointer of a raw file whose first two words are plausible: a stack in RAM, and an odd reset vector
 * inside the file (ARMv7-M B1.5.3). @throws ImageError that says which is not
 */
export function stackOf({ address, data }: PlacedSegment): number {
  if (data.length <= TABLE_BYTES)
    throw refusal(`The raw file has ${data.length} bytes: too few for a vector table and a program`);
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const stack = view.getUint32(0, true);
  const reset = view.getUint32(4, true);
  const says = wrongStack(stack, LARGEST_SRAM_BYTES);
  if (says)
    throw refusal(`The file is not known firmware: as a raw image it would have a vector table, and ${says}`);
  if (reset % 2 === 0)
    throw refusal(
      `The reset vector of the raw file, ${hex32(reset)}, is even: a Cortex-M runs Thumb code only, at odd vectors`,
    );
  if (reset - 1 >= address + TABLE_BYTES && reset - 1 < address + data.length) return stack;
  throw outside(reset, { address, data });
}

/** Why a word cannot be the initial stack pointer of a chip with this much RAM; null: it can. */
export function wrongStack(stack: number, sramBytes: number): string | null {
  if (stack <= SRAM_BASE || stack > SRAM_BASE + sramBytes)
    return `its first word, ${hex32(stack)}, is no stack pointer into ${sramBytes / 1024} KiB of RAM from ${hex32(SRAM_BASE)}`;
  return stack % 4 === 0
    ? null
    : `its first word, ${hex32(stack)}, is no stack pointer: it is not a multiple of 4`;
}

const refusal = (says: string, remedy = `Check that it is the right file. ${INSIST}`): ImageError =>
  new ImageError('image.vectors', says, 'offset 0x0', remedy);

function outside(reset: number, { address, data }: Pick<PlacedSegment, 'address' | 'data'>): ImageError {
  const linked = seemsLinkedFor(data);
  const fits =
    linked !== null && linked !== address && linked + data.length <= FLASH_BASE + LARGEST_FLASH_BYTES;
  const says = `The file's reset vector ${hex32(reset)} points outside of it (${rangeWords(address, data.length)})`;
  if (!fits) return refusal(says, `Check the address (--at; REST: at). ${INSIST}`);
  return refusal(
    `${says}; it seems linked for ${hex32(linked)}`,
    `Use --at ${hex32(linked)} (REST: at=${hex32(linked)}). ${INSIST}`,
  );
}
