import { CORTEX_M3 } from './arm.ts';
import { FLASH_BASE } from './memory.ts';
import { DATA_AND_WRP, OPTIONS_BASE, RDP, RESETS } from './option-layouts.ts';
import type { Line, Series } from './series.ts';

const KIB = 1024;
/** Up to the per-chip signature. XL density has 4 KiB more before it, which ST's tools do not compare either. */
const BOOT_ROM = { from: 0x1ffff000, bytes: 2016 };
const RM0008 = 'RM0008 3.3.3 and 31.6.1, PM0075';

/** One bank but where a line says otherwise. */
const COMMON = { bankBytes: null, bootRom: BOOT_ROM, bootsRomUntilLoaded: false } as const;

/** SRAM: the tables "device features and peripheral counts" of the lines' datasheets. Revisions: RM0008 31.6.1. */
const LINES: readonly Line[] = [
  {
    ...COMMON,
    name: 'STM32F10x low density',
    deviceId: 0x412,
    revisions: [0x1000],
    pageBytes: 1 * KIB,
    flashSizesKib: [16, 32],
    sramBytes: 6 * KIB,
    largestSramBytes: 10 * KIB,
    source: RM0008,
  },
  {
    ...COMMON,
    name: 'STM32F10x medium density',
    deviceId: 0x410,
    revisions: [0x0000, 0x2000, 0x2001, 0x2003],
    pageBytes: 1 * KIB,
    flashSizesKib: [64, 128],
    sramBytes: 20 * KIB,
    largestSramBytes: 20 * KIB,
    source: RM0008,
  },
  {
    ...COMMON,
    name: 'STM32F10x high density',
    deviceId: 0x414,
    revisions: [0x1000, 0x1001, 0x1003],
    pageBytes: 2 * KIB,
    flashSizesKib: [256, 384, 512],
    sramBytes: 48 * KIB,
    largestSramBytes: 64 * KIB,
    source: RM0008,
  },
  {
    ...COMMON,
    name: 'STM32F10x XL density',
    deviceId: 0x430,
    revisions: [0x1000],
    pageBytes: 2 * KIB,
    flashSizesKib: [768, 1024],
    sramBytes: 96 * KIB,
    largestSramBytes: 96 * KIB,
    bankBytes: 512 * KIB,
    source: 'RM0008 3.3.3 and 31.6.1, PM0068',
  },
  {
    ...COMMON,
    name: 'STM32F105/107 connectivity line',
    deviceId: 0x418,
    revisions: [0x1000, 0x1001],
    pageBytes: 2 * KIB,
    flashSizesKib: [64, 128, 256],
    sramBytes: 48 * KIB,
    largestSramBytes: 64 * KIB,
    source: RM0008,
  },
  {
    ...COMMON,
    name: 'STM32F100 value line',
    deviceId: 0x420,
    revisions: [0x1000, 0x1001],
    pageBytes: 1 * KIB,
    flashSizesKib: [16, 32, 64, 128],
    sramBytes: 4 * KIB,
    largestSramBytes: 8 * KIB,
    source: 'RM0041 2.3.3 and 25.6.1, PM0063',
  },
  {
    ...COMMON,
    name: 'STM32F100 value line, high density',
    deviceId: 0x428,
    revisions: [0x1000, 0x1001],
    pageBytes: 2 * KIB,
    flashSizesKib: [256, 384, 512],
    sramBytes: 24 * KIB,
    largestSramBytes: 32 * KIB,
    source: 'RM0041 2.3.3 and 25.6.1, PM0063',
  },
];

/** STM32F1, and the clones that answer with its device ids: some have a Cortex-M4 (0xc24) or another core. */
export const STM32F1: Series = {
  name: 'STM32F1',
  core: CORTEX_M3,
  partNumbers: [0xc23, 0xc24],
  lines: LINES,
  flashBase: FLASH_BASE,
  blocks: { flash: 0x40022000, rcc: 0x40021000, debugUnit: 0xe0042000 },
  signature: {
    from: 0x1ffff7e0,
    words: 5,
    flashSize: 0x1ffff7e0,
    uid: 0x1ffff7e8,
    source: 'RM0008 30.1 and 30.2',
  },
  // DBGMCU_CR: bits 2:0 debug in low-power modes, 8 IWDG, 9 WWDG (RM0008 31.16.3).
  freeze: [{ block: 'debugUnit', offset: 4, value: 0x307, others: 'clear' }],
  clock: {
    // Two wait states and prefetch; PLL from HSI/2 times 16, APB1 at half.
    flashAcr: 0x12,
    rccCfgr: 0x00380400,
    hertz: 64_000_000,
    source: 'RM0008 3.3.3 and 7.3.2',
  },
  options: {
    base: OPTIONS_BASE,
    factory: [0xa5, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    fields: {
      ...RDP,
      ...RESETS,
      BFB2: { byte: 1, bit: 3, bits: 1 },
      ...DATA_AND_WRP,
    },
    // Any value but 0xa5 protects; ST's tools write 0x00.
    readProtection: { off: 0xa5, on: 0x00, permanent: null },
    loaded: { error: 1, readProtected: 2, shifts: [2, 10, 18] },
    loadedBy: 'reset',
    source: 'PM0075 2.4 and 3.8',
  },
  source: 'RM0008 3.3, 7.3 and 31.16; PM0075 3',
};
