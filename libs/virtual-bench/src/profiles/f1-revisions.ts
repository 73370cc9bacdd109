import { F103C8 } from './f1-boards.ts';
import type { BoardProfile } from './profile.ts';
import { stRom } from './rom-ids.ts';

const KIB = 1024;

const HIGH_DENSITY = {
  ...F103C8,
  idcode: 0x10036414,
  rom: stRom(0x14),
  flashSizeKib: 512,
  flashBytes: 512 * KIB,
  pageBytes: 2 * KIB,
  sramBytes: 64 * KIB,
} as const satisfies BoardProfile;

const MEDIUM_128 = { ...F103C8, flashSizeKib: 128 } as const satisfies BoardProfile;

/** ST's silicon of other revisions and lines than the boards of `f1-boards`. */
export const F1_REVISIONS: readonly BoardProfile[] = [
  {
    ...MEDIUM_128,
    name: 'f103cb-rev-a',
    description: 'ST STM32F103CB, medium density, revision A',
    idcode: 0x00006410,
  },
  {
    ...MEDIUM_128,
    name: 'f103cb-rev-z',
    description: 'ST STM32F103CB, medium density, revision Z',
    idcode: 0x20016410,
  },
  {
    ...F103C8,
    name: 'f103c8-2008',
    description:
      'ST STM32F103C8 of 2008, revision B: the SRAM size is in the half-word next to the flash size',
    idcode: 0x20006410,
    signatureHigh: 20,
  },
  {
    ...HIGH_DENSITY,
    name: 'f103ze-rev-z',
    description: 'ST STM32F103ZE, high density, revision Z: 512 KiB, 64 KiB SRAM',
    idcode: 0x10016414,
  },
  {
    ...HIGH_DENSITY,
    name: 'f103vd',
    description: 'ST STM32F103VD, high density: 384 KiB, 64 KiB SRAM',
    flashSizeKib: 384,
    flashBytes: 384 * KIB,
  },
  {
    ...HIGH_DENSITY,
    name: 'f107vc',
    description: 'ST STM32F107VC, connectivity line: 256 KiB, 64 KiB SRAM',
    idcode: 0x10016418,
    rom: stRom(0x18),
    flashSizeKib: 256,
    flashBytes: 256 * KIB,
  },
  {
    ...MEDIUM_128,
    name: 'f100rb',
    description: 'ST STM32F100RB, value line: 128 KiB, 8 KiB SRAM',
    idcode: 0x10016420,
    rom: stRom(0x20),
    sramBytes: 8 * KIB,
    uid: [0x066cff48, 0x53497550, 0x43023307],
    sources: 'RM0041 (DEV_ID, memory map); the rest as on the STM32F103',
  },
  {
    ...HIGH_DENSITY,
    name: 'f100ze',
    description: 'ST STM32F100ZE, value line of high density: 512 KiB, 32 KiB SRAM',
    idcode: 0x10016428,
    rom: stRom(0x28),
    sramBytes: 32 * KIB,
    sources: 'RM0041 (DEV_ID, memory map); the rest as on the STM32F103',
  },
];
