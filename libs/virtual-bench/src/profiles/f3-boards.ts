import { bootVectors, ROM_WAITS } from './f0-boot-rom.ts';
import { FREE_BYTES } from './free-bytes.ts';
import type { BoardProfile } from './profile.ts';
import { stRom } from './rom-ids.ts';

const KIB = 1024;
const BOOT_ROM = 0x1fffd800;

/** F303xC, from which the other rows differ. */
const F303CC: BoardProfile = {
  name: 'f303cc',
  description: 'ST STM32F303CC: 256 KiB in 2 KiB pages, 40 KiB SRAM',
  series: 'f3',
  core: 'm4-r0p1',
  dpidr: 0x2ba01477,
  apIdr: 0x24770011,
  idcode: 0x10036422,
  rom: stRom(0x22),
  etm: true,
  flashSizeKib: 256,
  flashBytes: 256 * KIB,
  pageBytes: 2 * KIB,
  sramBytes: 40 * KIB,
  signatureHigh: 0xffff,
  uid: [0x0032002a, 0x5748500a, 0x20373733],
  uidFree: FREE_BYTES.f0,
  bootRomBase: BOOT_ROM,
  bootRomBytes: 0x1ffff800 - BOOT_ROM,
  bootRomVectors: bootVectors(BOOT_ROM, ROM_WAITS),
  bootRomProgram: ROM_WAITS,
  emptyCheck: 'none',
  bootSelection: false,
  ahbenrMask: 0x31ff0077,
  cfgrMask: 0xf7fffff3,
  wrpBytes: 4,
  flashCrReset: 0x80,
  fmcPid: 0,
  priorityBits: 4,
  interruptLines: 82,
  flashTimeFactor: 1,
  acceptsWordProgramming: false,
  losesStoreWhileBusy: false,
  sources:
    'RM0316 (memory map, DEV_ID, boot), device headers of ST; IDCODE, DPIDR: public probe logs of F303 boards',
  fixture: 'UID digits, the boot ROM, root ROM table part, SRAM split; the core-coupled RAM is not there',
};

/** STM32F3x boards. */
export const F3_BOARDS: readonly BoardProfile[] = [
  F303CC,
  {
    ...F303CC,
    name: 'f303re',
    description: 'ST STM32F303RE: 512 KiB in 2 KiB pages, 64 KiB SRAM',
    idcode: 0x10006446,
    rom: stRom(0x46),
    flashSizeKib: 512,
    flashBytes: 512 * KIB,
    sramBytes: 64 * KIB,
  },
  {
    ...F303CC,
    name: 'f303k8',
    description: 'ST STM32F303K8: 64 KiB in 2 KiB pages, 12 KiB SRAM',
    idcode: 0x10016438,
    rom: stRom(0x38),
    flashSizeKib: 64,
    flashBytes: 64 * KIB,
    sramBytes: 12 * KIB,
    wrpBytes: 2,
  },
  {
    ...F303CC,
    name: 'f302c8',
    description: 'ST STM32F302C8: 64 KiB in 2 KiB pages, 16 KiB SRAM',
    idcode: 0x10016439,
    rom: stRom(0x39),
    flashSizeKib: 64,
    flashBytes: 64 * KIB,
    sramBytes: 16 * KIB,
    wrpBytes: 2,
  },
  {
    ...F303CC,
    name: 'f373cc',
    description: 'ST STM32F373CC: 256 KiB in 2 KiB pages, 32 KiB SRAM',
    idcode: 0x10006432,
    rom: stRom(0x32),
    sramBytes: 32 * KIB,
  },
];
