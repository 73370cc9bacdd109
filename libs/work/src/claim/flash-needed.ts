/** Bytes of flash that a recipe writes. */
export interface WrittenSpan {
  readonly address: number;
  readonly bytes: number;
}

const FLASH_BASE = 0x08000000;
/** Where flash ends on every chip of this family: system memory and option bytes come later. */
const FLASH_TOP = 0x08100000;
const KIB = 1024;

/** The flash that a chip must have for these bytes, KiB, rounded up; bytes outside flash need none. */
export function flashNeeded(spans: readonly WrittenSpan[]): number {
  const ends = spans
    .filter(({ address }) => address >= FLASH_BASE && address < FLASH_TOP)
    .map(({ address, bytes }) => address + bytes);
  return Math.ceil((Math.max(FLASH_BASE, ...ends) - FLASH_BASE) / KIB);
}
