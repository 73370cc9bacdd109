import { CORTEX_M0 } from './arm.ts';
import { FLASH_BASE } from './memory.ts';
import { DATA_AND_WRP, IN_LEVELS, RDP, RESETS } from './option-layouts.ts';
import type { Line, Series } from './series.ts';

const KIB = 1024;
const SIGNATURE = 0x1ffff7ac;
/** The boot ROM ends where the words of each chip begin. */
const bootRom = (from: number) => ({ from, bytes: SIGNATURE - from });
const SOURCE = 'RM0091 Rev 10, chapters 3 and 32; RM0360 Rev 5, chapter 3 and table 110';

/** Device ids are those of dies: an F030 or F070 has the die of an F0x1 or F0x2, and answers with its id. */
const LINES: readonly Line[] = [
  {
    name: 'STM32F03x, F030x4/x6',
    deviceId: 0x444,
    revisions: [0x1000],
    pageBytes: 1 * KIB,
    flashSizesKib: [16, 32],
    sramBytes: 4 * KIB,
    largestSramBytes: 4 * KIB,
    bankBytes: null,
    bootRom: bootRom(0x1fffec00),
    bootsRomUntilLoaded: false,
    source: SOURCE,
  },
  {
    name: 'STM32F05x, F030x8',
    deviceId: 0x440,
    // 0x2000 is not in the manuals; ST's own parts show it (public debugger logs).
    revisions: [0x1001, 0x1003, 0x2000],
    pageBytes: 1 * KIB,
    flashSizesKib: [32, 64],
    sramBytes: 8 * KIB,
    largestSramBytes: 8 * KIB,
    bankBytes: null,
    bootRom: bootRom(0x1fffec00),
    bootsRomUntilLoaded: false,
    source: SOURCE,
  },
  {
    name: 'STM32F04x, F070x6',
    deviceId: 0x445,
    revisions: [0x1000],
    pageBytes: 1 * KIB,
    flashSizesKib: [16, 32],
    sramBytes: 6 * KIB,
    largestSramBytes: 6 * KIB,
    bankBytes: null,
    bootRom: bootRom(0x1fffc400),
    bootsRomUntilLoaded: true,
    source: SOURCE,
  },
  {
    name: 'STM32F07x, F070xB',
    deviceId: 0x448,
    // 0x2003 is revision W.
    revisions: [0x2001, 0x2003],
    pageBytes: 2 * KIB,
    flashSizesKib: [64, 128],
    sramBytes: 16 * KIB,
    largestSramBytes: 16 * KIB,
    bankBytes: null,
    bootRom: bootRom(0x1fffc800),
    bootsRomUntilLoaded: false,
    source: SOURCE,
  },
  {
    name: 'STM32F09x, F030xC',
    deviceId: 0x442,
    revisions: [0x1000],
    pageBytes: 2 * KIB,
    flashSizesKib: [128, 256],
    sramBytes: 32 * KIB,
    largestSramBytes: 32 * KIB,
    bankBytes: null,
    bootRom: bootRom(0x1fffd800),
    bootsRomUntilLoaded: true,
    source: SOURCE,
  },
];

const WITH_BOOT_SELECTION = [0x445, 0x442];

/** STM32F0, and parts that answer as they do with a Cortex-M0+ (0xc60). */
export const STM32F0: Series = {
  name: 'STM32F0',
  core: CORTEX_M0,
  partNumbers: [0xc20, 0xc60],
  lines: LINES,
  flashBase: FLASH_BASE,
  blocks: { flash: 0x40022000, rcc: 0x40021000, debugUnit: 0x40015800 },
  signature: {
    from: SIGNATURE,
    words: 9,
    flashSize: 0x1ffff7cc,
    uid: SIGNATURE,
    source: 'RM0091 33.1 and 33.2',
  },
  freeze: [
    // RCC_APB2ENR, DBGMCUEN: the debug unit is written only while it has a clock (RM0091 6.4.7).
    { block: 'rcc', offset: 0x18, value: 1 << 22, others: 'keep' },
    // DBGMCU_CR: bits 1 STOP and 2 STANDBY (RM0091 32.9.3).
    { block: 'debugUnit', offset: 4, value: 0x6, others: 'keep' },
    // DBGMCU_APB1_FZ: bits 11 WWDG and 12 IWDG (RM0091 32.9.4).
    { block: 'debugUnit', offset: 8, value: 0x1800, others: 'keep' },
  ],
  clock: {
    // One wait state and prefetch; PLL from HSI/2 times 12, which every line has.
    flashAcr: 0x11,
    rccCfgr: 0x00280000,
    hertz: 48_000_000,
    source: 'RM0091 3.5.1 and 6.4.2',
  },
  options: {
    ...IN_LEVELS,
    fields: {
      ...RDP,
      ...RESETS,
      nBOOT0: { byte: 1, bit: 3, bits: 1, lines: WITH_BOOT_SELECTION },
      nBOOT1: { byte: 1, bit: 4, bits: 1 },
      VDDA_MONITOR: { byte: 1, bit: 5, bits: 1 },
      RAM_PARITY_CHECK: { byte: 1, bit: 6, bits: 1 },
      BOOT_SEL: { byte: 1, bit: 7, bits: 1, lines: WITH_BOOT_SELECTION },
      ...DATA_AND_WRP,
    },
    source: 'RM0091 3.3.1, 3.5.7 and 4',
  },
  source: 'RM0091 2.2.2, 3, 6.4 and 32.9; RM0360',
};
