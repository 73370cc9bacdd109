import { hex32 } from '@boardwalk/contracts';
import {
  FLASH_BASE,
  FLASH_ROOM_END,
  LARGEST_FLASH_BYTES,
  REGIONS as ARM,
  SERIES,
  SYSTEM_MEMORY,
} from '@boardwalk/series';
import { ImageError } from '../errors.ts';
import type { PlacedSegment } from './image.ts';
import { CHECK_BUILT_FOR, rangeWords } from './words.ts';

/** A part of the address space that is not flash, and what to do about data in it. */
interface Region {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly remedy: string;
}

const LINK_FOR_FLASH = `Link it for ${hex32(FLASH_BASE)}, or move it there with --move-to ${hex32(FLASH_BASE)} (REST: moveTo).`;
const REMOVE = 'Remove this part from the file, for example with objcopy --remove-section.';

/** RM0008 3.3 and figures 9 to 11; PM0075 table 3. The first that contains an address counts. */
const REGIONS: readonly Region[] = [
  {
    name: 'beyond the largest flash that the station knows',
    from: FLASH_BASE,
    to: FLASH_ROOM_END,
    remedy: `Check the address. ${CHECK_BUILT_FOR}`,
  },
  {
    name: 'in the alias of the boot memory, not in flash itself',
    from: 0,
    to: FLASH_BASE,
    remedy: LINK_FOR_FLASH,
  },
  ...SERIES.map(({ options: { base, factory } }) => ({
    name: 'in the option bytes',
    from: base,
    to: base + 2 * factory.length,
    remedy: 'Remove them from the file, and set them with the recipe step "options", which checks them.',
  })),
  {
    name: 'in system memory, which has ST’s bootloader and cannot be programmed',
    from: SYSTEM_MEMORY,
    to: Math.min(...SERIES.map(({ options }) => options.base)),
    remedy: REMOVE,
  },
  {
    name: 'in RAM',
    ...ARM.sram,
    remedy: `Initial values belong in flash: give their section a load address there (in the linker script: AT> FLASH). ${REMOVE}`,
  },
  { name: 'in peripheral registers', ...ARM.peripherals, remedy: REMOVE },
  { name: 'in external memory', ...ARM.external, remedy: REMOVE },
  { name: 'in registers of the core', ...ARM.core, remedy: REMOVE },
];
const NOWHERE = { name: 'in no memory of a chip that the station knows', remedy: CHECK_BUILT_FOR };

/** Only flash is programmed from a file. @throws ImageError for the first segment that is elsewhere */
export function refuseOutsideFlash(segments: readonly PlacedSegment[]): void {
  const end = FLASH_BASE + LARGEST_FLASH_BYTES;
  for (const { address, data, where } of segments) {
    if (address >= FLASH_BASE && address + data.length <= end) continue;
    const outside = address < FLASH_BASE || address >= end ? address : end;
    const region = REGIONS.find(({ from, to }) => outside >= from && outside < to) ?? NOWHERE;
    const found = { range: rangeWords(address, data.length), region: region.name, remedy: region.remedy };
    const flash = rangeWords(FLASH_BASE, LARGEST_FLASH_BYTES);
    throw new ImageError('image.address', { ...found, flash }, where);
  }
}
