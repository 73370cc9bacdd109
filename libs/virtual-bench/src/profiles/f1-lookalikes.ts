import { CKS32, F103C8, R2P1 } from './f1-boards.ts';
import { FREE_BYTES } from './free-bytes.ts';
import type { BoardProfile } from './profile.ts';
import { ARM_GENERIC, ARM_GENERIC_M4, GIGADEVICE, stRom, UNPROGRAMMED } from './rom-ids.ts';

const KIB = 1024;
const R2P0 = { core: 'm3-r2p0', dpidr: 0x2ba01477, apIdr: 0x24770011 } as const;
const M4 = { core: 'm4-r0p1', dpidr: 0x2ba01477, apIdr: 0x24770011, rom: ARM_GENERIC_M4, etm: true } as const;
const UNKNOWN_UID = { uid: [0x2f381401, 0x62153030, 0x30303032], uidFree: FREE_BYTES.unknown } as const;
const OWN_VECTORS = [0x20000a00, 0x1ffff201, 0x1ffff345, 0x1ffff347] as const;
const M64 = { flashSizeKib: 64, flashBytes: 64 * KIB } as const;
const M128 = { flashSizeKib: 128, flashBytes: 128 * KIB } as const;
const M256 = { flashSizeKib: 256, flashBytes: 256 * KIB, pageBytes: 2 * KIB } as const;
const M512 = { flashSizeKib: 512, flashBytes: 512 * KIB, pageBytes: 2 * KIB } as const;

/** A part with the ids that ARM delivers and nothing of its own, as far as is public. */
const DEFAULTS: BoardProfile = { ...F103C8, ...R2P1, ...M64, ...UNKNOWN_UID, rom: ARM_GENERIC };

const GD32C8: BoardProfile = {
  ...F103C8,
  ...R2P1,
  ...M64,
  name: 'gd32-c8',
  description: 'GD32F103C8 (GigaDevice): 64 KiB',
  idcode: 0x13030410,
  rom: GIGADEVICE,
  signatureHigh: 20,
  uid: [0x3538476f, 0x07343535, 0x3734314d],
  uidFree: FREE_BYTES.gd32,
  bootRomVectors: [0x20000f00, 0x1ffff0c1, 0x1ffff19d, 0x1ffff19f],
  fmcPid: 0x41384333,
  acceptsWordProgramming: true,
  fixture: 'the product id of the C8, after the rule of the CB, VC and VE; boot ROM',
};

/** Parts that are sold for an STM32F103, further ones. */
export const F1_LOOKALIKES: readonly BoardProfile[] = [
  {
    ...CKS32,
    ...M64,
    name: 'cs32-64',
    description: 'CS32F103C8: r2p1 core, 64 KiB declared and nothing above',
  },
  {
    ...CKS32,
    name: 'cs32-no-size',
    description: 'CS32F103C8 whose flash-size register reads zero',
    flashSizeKib: 0,
    flashBytes: 64 * KIB,
  },
  GD32C8,
  {
    ...GD32C8,
    ...M512,
    name: 'gd32-ve',
    description: 'GD32F103VE (GigaDevice), high density: 512 KiB, 64 KiB SRAM',
    idcode: 0x13090414,
    sramBytes: 64 * KIB,
    signatureHigh: 64,
    fmcPid: 0x42455633,
    fixture: 'UID digits, boot ROM',
  },
  {
    ...GD32C8,
    ...M256,
    ...M4,
    name: 'gd32f303',
    description: 'GD32F303CC (GigaDevice), sold for an STM32F103: Cortex-M4, 256 KiB, 48 KiB SRAM',
    rom: GIGADEVICE,
    idcode: 0x17040414,
    sramBytes: 48 * KIB,
    signatureHigh: 48,
    fmcPid: 0,
    fixture: 'part number of the ROM table, revision, UID digits, boot ROM',
  },
  {
    ...F103C8,
    ...R2P1,
    ...M64,
    name: 'apm32-c8',
    description: 'APM32F103C8 (Geehy): 64 KiB, AHBENR bit 3 sticks',
    rom: ARM_GENERIC,
    uid: [0x31383330, 0x00470031, 0x20303657],
    uidFree: FREE_BYTES.apm32,
    ahbenrMask: 0x557 | (1 << 3),
    losesStoreWhileBusy: true,
  },
  {
    ...DEFAULTS,
    name: 'ch32-no-size',
    description: 'CH32F103C8 (WCH) whose flash-size register reads zero',
    idcode: 0x20000410,
    flashSizeKib: 0,
    uid: [0x9858abcd, 0x007bbc56, 0x2000410f],
    uidFree: FREE_BYTES.ch32,
    bootRomVectors: [0x20000800, 0x1ffff0f1, 0x1ffff2a1, 0x1ffff2a3],
    ahbenrMask: 0x557 | (1 << 12),
    flashCrReset: 0x8080,
    flashTimeFactor: 10,
  },
  {
    ...DEFAULTS,
    name: 'lot-991ka',
    description: 'a part of a lot marked 991KA 98 MYS 803: ARM’s ids in the ROM table',
    fixture: 'core r2p1, UID, boot ROM; only the designer and the device id were published',
  },
  {
    ...DEFAULTS,
    ...R2P0,
    ...M256,
    name: 'claims-414',
    description: 'a 48-pin part sold for an STM32F103C8: r2p0 core, device id of high density, 256 KiB',
    idcode: 0x10010414,
    sramBytes: 48 * KIB,
    fixture: 'ROM table, UID, SRAM size, boot ROM',
  },
  {
    ...DEFAULTS,
    ...R2P0,
    ...M256,
    name: 'air32-cc',
    description: 'AIR32F103CC: r2p0 core, 256 KiB, 64 KiB SRAM, three priority bits',
    etm: true,
    sramBytes: 64 * KIB,
    uid: [0x1a5a5cc1, 0x5030413e, 0x0a324e21],
    uidFree: FREE_BYTES.air32cc,
    bootRomVectors: [0x20018400, 0x1fffb1e9, 0x1fffb1f1, 0x1fffb1f3],
    priorityBits: 3,
    interruptLines: 71,
    fixture: 'root ROM table ids and device id (not published), UID digits, boot ROM',
  },
  {
    ...DEFAULTS,
    ...M4,
    name: 'at32f403a',
    description: 'AT32F403A (Artery), sold for an STM32F103: Cortex-M4, 1024 KiB, 96 KiB SRAM',
    dpidr: 0x1ba01477,
    idcode: 0x70050346,
    flashSizeKib: 1024,
    flashBytes: 1024 * KIB,
    pageBytes: 2 * KIB,
    sramBytes: 96 * KIB,
    uid: [0x31f0a21c, 0x5b1d9e44, 0x07003c58],
    uidFree: FREE_BYTES.at32,
    bootRomVectors: OWN_VECTORS,
    fixture: 'lower half of the device id, UID digits but the project number, boot ROM, AHBENR',
  },
  {
    ...DEFAULTS,
    name: 'fmd',
    description: 'a part whose ROM table names Fremont Micro Devices, as one note of a board has it',
    rom: { pidr4: 0x08, pidr: [0x01, 0xe1, 0x08, 0x00] },
    bootRomVectors: OWN_VECTORS,
    fixture: 'all but the designer',
  },
  {
    ...DEFAULTS,
    name: 'mm32',
    description: 'MM32F103 (MindMotion): nothing of its debug ids is published',
    bootRomVectors: OWN_VECTORS,
    fixture: 'everything: core, ROM table, device id, UID',
  },
  {
    ...DEFAULTS,
    ...M4,
    ...M128,
    name: 'n32g455',
    description:
      'N32G455 (Nations), sold for an STM32F103: Cortex-M4, four bytes of its id where an F103 has its own',
    idcode: 0x20000511,
    sramBytes: 80 * KIB,
    uid: [0xffffffff, 0xffff0a11, 0x4c1e2b37],
    uidFree: FREE_BYTES.none,
    bootRomVectors: OWN_VECTORS,
    fixture: 'all of the device id but its number, the id bytes, sizes, boot ROM',
  },
  {
    ...DEFAULTS,
    ...R2P0,
    name: 'blank-rom',
    description: 'a part sold for an STM32F103C8 whose ROM table ids were never programmed',
    rom: UNPROGRAMMED,
    fixture: 'core r2p0, UID, boot ROM',
  },
  {
    ...DEFAULTS,
    ...R2P0,
    name: 'spoofed-st',
    description: 'ST’s ids in the ROM table of an r2p0 core',
    rom: stRom(0x10),
    fixture: 'one report, which may be of a simulator: all but the ROM table and the core',
  },
  {
    ...DEFAULTS,
    name: 'low-density-lock',
    description: 'a part sold for an STM32F103C6 whose FLASH_CR reads zero after a reset',
    idcode: 0x10006412,
    flashSizeKib: 32,
    flashBytes: 32 * KIB,
    sramBytes: 10 * KIB,
    flashCrReset: 0,
    fixture: 'core, ROM table, UID',
  },
  {
    ...DEFAULTS,
    ...M4,
    ...M128,
    name: 'm4-no-fpu',
    description: 'a Cortex-M4 without FPU sold for an STM32F103C8: 128 KiB, 32 KiB SRAM',
    sramBytes: 32 * KIB,
    fixture: 'ROM table, device id, UID; that SRAM repeats is not modelled',
  },
];
