import { CORTEX_M4 } from './arm.ts';
import { FLASH_BASE } from './memory.ts';
import { DATA_AND_WRP, IN_LEVELS, RDP, RESETS } from './option-layouts.ts';
import type { Line, Series } from './series.ts';

const KIB = 1024;
const SIGNATURE = 0x1ffff7ac;
const BOOT_ROM_FROM = 0x1fffd800;
/** Every line: 2 KiB pages, one bank, the boot ROM up to the words of each chip. */
const COMMON = {
  pageBytes: 2 * KIB,
  bankBytes: null,
  bootRom: { from: BOOT_ROM_FROM, bytes: SIGNATURE - BOOT_ROM_FROM },
  bootsRomUntilLoaded: false,
} as const;

/** SRAM is what a loader can use: the core-coupled RAM of some lines is not counted. */
const LINES: readonly Line[] = [
  {
    ...COMMON,
    name: 'STM32F302/F303xB/xC, F358',
    deviceId: 0x422,
    revisions: [0x1000, 0x1001, 0x1003, 0x2000],
    flashSizesKib: [128, 256],
    sramBytes: 32 * KIB,
    largestSramBytes: 40 * KIB,
    source: 'RM0316, chapters 3 and 33',
  },
  {
    ...COMMON,
    name: 'STM32F302/F303xD/xE, F398',
    deviceId: 0x446,
    revisions: [0x1000],
    flashSizesKib: [384, 512],
    sramBytes: 64 * KIB,
    largestSramBytes: 64 * KIB,
    source: 'RM0316, chapters 3 and 33',
  },
  {
    ...COMMON,
    name: 'STM32F303x6/x8, F334, F328',
    deviceId: 0x438,
    // 0x1001 is not in the manual; an F303K8 shows it (public debugger logs).
    revisions: [0x1000, 0x1001],
    flashSizesKib: [16, 32, 64],
    sramBytes: 12 * KIB,
    largestSramBytes: 12 * KIB,
    source: 'RM0364 Rev 4, chapters 3 and 31',
  },
  {
    ...COMMON,
    name: 'STM32F301, F302x6/x8, F318',
    deviceId: 0x439,
    revisions: [0x1000, 0x1001],
    flashSizesKib: [32, 64],
    sramBytes: 16 * KIB,
    largestSramBytes: 16 * KIB,
    source: 'RM0366, chapters 3 and 30',
  },
  {
    ...COMMON,
    name: 'STM32F37x, F378',
    deviceId: 0x432,
    revisions: [0x1000, 0x2000],
    flashSizesKib: [64, 128, 256],
    sramBytes: 16 * KIB,
    largestSramBytes: 32 * KIB,
    source: 'RM0313, chapters 3 and 31',
  },
];

/** STM32F3: the flash controller of the STM32F0 behind a Cortex-M4. */
export const STM32F3: Series = {
  name: 'STM32F3',
  core: CORTEX_M4,
  partNumbers: [0xc24],
  lines: LINES,
  flashBase: FLASH_BASE,
  blocks: { flash: 0x40022000, rcc: 0x40021000, debugUnit: 0xe0042000 },
  signature: {
    from: SIGNATURE,
    words: 9,
    flashSize: 0x1ffff7cc,
    uid: SIGNATURE,
    source: 'RM0316 34.1 and 34.2',
  },
  freeze: [
    // DBGMCU_CR: SLEEP, STOP and STANDBY (RM0316 33.16.3).
    { block: 'debugUnit', offset: 4, value: 0x7, others: 'keep' },
    // DBGMCU_APB1_FZ: bits 11 WWDG and 12 IWDG (RM0316 33.16.4).
    { block: 'debugUnit', offset: 8, value: 0x1800, others: 'keep' },
  ],
  clock: {
    // Two wait states and prefetch; PLL from HSI/2 times 16; APB1 at half.
    flashAcr: 0x12,
    rccCfgr: 0x00380400,
    hertz: 64_000_000,
    source: 'RM0316 4.5.1 and 9.4.2',
  },
  options: {
    ...IN_LEVELS,
    fields: {
      ...RDP,
      ...RESETS,
      nBOOT1: { byte: 1, bit: 4, bits: 1 },
      VDDA_MONITOR: { byte: 1, bit: 5, bits: 1 },
      SRAM_PE: { byte: 1, bit: 6, bits: 1, lines: [0x422, 0x446, 0x438, 0x432] },
      SDADC12_VDD_MONITOR: { byte: 1, bit: 7, bits: 1, lines: [0x432] },
      ...DATA_AND_WRP,
    },
    source: 'RM0316 4.3.1, 4.5.7 and 5; RM0364, RM0366, RM0313',
  },
  source: 'RM0316 3.2.2, 4, 9.4 and 33; RM0313, RM0364, RM0366; device headers of ST',
};
