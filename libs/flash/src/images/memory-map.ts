import { ImageError } from '../errors.ts';
import { FLASH_BASE, LARGEST_FLASH_BYTES } from '../families/families.ts';
import type { PlacedSegment } from './image.ts';
import { hex32, rangeWords } from './words.ts';

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
    to: 0x10000000,
    remedy: 'Check the address, and that it was built for an STM32F1.',
  },
  {
    name: 'in the alias of the boot memory, not in flash itself',
    from: 0,
    to: FLASH_BASE,
    remedy: LINK_FOR_FLASH,
  },
  {
    name: 'in the option bytes',
    from: 0x1ffff800,
    to: 0x1ffff810,
    remedy:
      'Remove them from the file, and set them with the recipe step "options", which checks them (command line: boardwalk options set).',
  },
  {
    name: 'in system memory, which has ST’s bootloader and cannot be programmed',
    from: 0x1fff0000,
    to: 0x1ffff800,
    remedy: REMOVE,
  },
  {
    name: 'in RAM',
    from: 0x20000000,
    to: 0x40000000,
    remedy: `Initial values belong in flash: give their section a load address there (in the linker script: AT> FLASH). ${REMOVE}`,
  },
  { name: 'in peripheral registers', from: 0x40000000, to: 0x60000000, remedy: REMOVE },
  { name: 'in external memory', from: 0x60000000, to: 0xa0000000, remedy: REMOVE },
  { name: 'in registers of the core', from: 0xe0000000, to: 0xe0100000, remedy: REMOVE },
];
const NOWHERE = { name: 'in no memory of an STM32F1', remedy: 'Check that it was built for an STM32F1.' };

/** Only flash is programmed from a file. @throws ImageError for the first segment that is elsewhere */
export function refuseOutsideFlash(segments: readonly PlacedSegment[]): void {
  const end = FLASH_BASE + LARGEST_FLASH_BYTES;
  for (const { address, data, where } of segments) {
    if (address >= FLASH_BASE && address + data.length <= end) continue;
    const outside = address < FLASH_BASE || address >= end ? address : end;
    const region = REGIONS.find(({ from, to }) => outside >= from && outside < to) ?? NOWHERE;
    throw new ImageError(
      'image.address',
      `The data at ${rangeWords(address, data.length)} is ${region.name}; flash is ${rangeWords(FLASH_BASE, LARGEST_FLASH_BYTES)} at most`,
      where,
      region.remedy,
    );
  }
}
