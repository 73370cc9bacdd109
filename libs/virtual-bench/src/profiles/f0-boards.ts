import { bootVectors, ROM_JUMPS, ROM_WAITS } from './f0-boot-rom.ts';
import { FREE_BYTES } from './free-bytes.ts';
import type { BoardProfile } from './profile.ts';
import { stRom } from './rom-ids.ts';

const KIB = 1024;
/** RCC_CFGR with and without PLLSRC[0], the undivided HSI for the PLL (RM0091 6.4.2). */
const CFGR_HSI_UNDIVIDED = 0x7f3fc7f3;
const CFGR_HSI_HALVED = 0x7f3f47f3;

/** Where the boot ROM begins; it ends where the option bytes begin. */
const bootRom = (base: number, program: readonly number[] = ROM_WAITS) => ({
  bootRomBase: base,
  bootRomBytes: 0x1ffff800 - base,
  bootRomVectors: bootVectors(base, program),
  bootRomProgram: program,
});

/** F030x8, from which the other rows differ. */
const F030C8: BoardProfile = {
  name: 'f030c8',
  description: 'ST STM32F030C8: 64 KiB, 8 KiB SRAM',
  series: 'f0',
  core: 'm0-r0p0',
  dpidr: 0x0bb11477,
  apIdr: 0x04770021,
  idcode: 0x20006440,
  rom: stRom(0x40),
  etm: false,
  flashSizeKib: 64,
  flashBytes: 64 * KIB,
  pageBytes: 1 * KIB,
  sramBytes: 8 * KIB,
  signatureHigh: 0xffff,
  uid: [0x0025002e, 0x3530500a, 0x20353431],
  uidFree: FREE_BYTES.f0,
  ...bootRom(0x1fffec00),
  emptyCheck: 'none',
  bootSelection: false,
  ahbenrMask: 0x017e0055,
  cfgrMask: CFGR_HSI_HALVED,
  wrpBytes: 2,
  flashCrReset: 0x80,
  fmcPid: 0,
  priorityBits: 2,
  interruptLines: 32,
  flashTimeFactor: 1,
  acceptsWordProgramming: false,
  losesStoreWhileBusy: false,
  sources:
    'RM0091, RM0360 (memory map, DEV_ID, boot), device headers of ST; DPIDR, CPUID, IDCODE: public probe logs; root ROM table part 0x440: a genuine F042',
  fixture: 'UID digits, the boot ROM, root ROM table part of every line but F04x',
};

/** STM32F0x boards. */
export const F0_BOARDS: readonly BoardProfile[] = [
  F030C8,
  {
    ...F030C8,
    name: 'f030f4',
    description: 'ST STM32F030F4: 16 KiB, 4 KiB SRAM',
    idcode: 0x10006444,
    flashSizeKib: 16,
    flashBytes: 16 * KIB,
    sramBytes: 4 * KIB,
    wrpBytes: 1,
  },
  {
    ...F030C8,
    name: 'f042c6',
    description:
      'ST STM32F042C6: 32 KiB, 6 KiB SRAM; with blank flash its boot ROM starts, and jumps to code',
    idcode: 0x10006445,
    flashSizeKib: 32,
    flashBytes: 32 * KIB,
    sramBytes: 6 * KIB,
    ...bootRom(0x1fffc400, ROM_JUMPS),
    emptyCheck: 'romJumps',
    bootSelection: true,
    cfgrMask: CFGR_HSI_UNDIVIDED,
    wrpBytes: 1,
    fixture: 'UID digits, the boot ROM',
  },
  {
    ...F030C8,
    name: 'f072cb',
    description: 'ST STM32F072CB: 128 KiB in 2 KiB pages, 16 KiB SRAM',
    idcode: 0x20016448,
    flashSizeKib: 128,
    flashBytes: 128 * KIB,
    pageBytes: 2 * KIB,
    sramBytes: 16 * KIB,
    ...bootRom(0x1fffc800),
    cfgrMask: CFGR_HSI_UNDIVIDED,
    wrpBytes: 4,
  },
  {
    ...F030C8,
    name: 'f091cc',
    description:
      'ST STM32F091CC: 256 KiB in 2 KiB pages, 32 KiB SRAM; with blank flash its boot ROM starts, and stays',
    idcode: 0x10006442,
    flashSizeKib: 256,
    flashBytes: 256 * KIB,
    pageBytes: 2 * KIB,
    sramBytes: 32 * KIB,
    ...bootRom(0x1fffd800),
    emptyCheck: 'romStays',
    bootSelection: true,
    cfgrMask: CFGR_HSI_UNDIVIDED,
    wrpBytes: 4,
    fixture: 'REV_ID (DEV_ID is from RM0091), UID digits, the boot ROM, root ROM table part',
  },
];
