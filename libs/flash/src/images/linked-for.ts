import { FLASH_BASE, LARGEST_FLASH_BYTES } from '@boardwalk/series';

/** Vectors of the core (ARMv7-M table B1-4); those of interrupts follow. */
const CORE_VECTORS = 16;
/** VTOR takes multiples of this (ARMv7-M B3.2.5, for at most 64 vectors). */
const LEAST_ALIGNMENT = 0x100;
const TABLE_BYTES = 8;

/**
 * The address that a raw image was linked for, by its vectors: of all that have every vector inside the image, the
 * roundest. Null: none has.
 */
export function seemsLinkedFor(data: Uint8Array): number | null {
  const targets = vectorsOf(data);
  if (targets.length === 0) return null;
  const highest = Math.min(...targets) - TABLE_BYTES;
  const lowest = Math.max(FLASH_BASE, Math.max(...targets) - data.length + 1);
  for (let step = LARGEST_FLASH_BYTES; step >= LEAST_ALIGNMENT; step /= 2) {
    const address = highest - (highest % step);
    if (address >= lowest) return address;
  }
  return null;
}

/** The reset vector, and further ones for as long as they point into flash. */
function vectorsOf(data: Uint8Array): number[] {
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const targets: number[] = [];
  for (let index = 1; index < CORE_VECTORS && index * 4 + 4 <= data.length; index += 1) {
    const vector = view.getUint32(index * 4, true);
    const inFlash = vector % 2 === 1 && vector >= FLASH_BASE && vector < FLASH_BASE + LARGEST_FLASH_BYTES;
    if (inFlash) targets.push(vector - 1);
    else if (index === 1) return [];
  }
  return targets;
}
