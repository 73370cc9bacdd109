import { HALF_WORD_PROGRAM_PS, HSE_HZ, HSI_HZ, MASS_ERASE_PS, PAGE_ERASE_PS } from '../time/constants.ts';
import type { Series } from './series.ts';

/** STM32F10x and the parts that are sold for it. */
export const F1_SERIES: Series = {
  name: 'f1',
  description: 'STM32F10x: Cortex-M3',
  // SCS, DWT, FPB, ITM, TPIU (ARM DDI0337).
  romTable: [0xfff0f003, 0xfff02003, 0xfff03003, 0xfff01003, 0xfff41003],
  etmEntry: 0xfff42002,
  // Twelve bits of TAR count (ARM DDI0337, 11.5).
  accessPort: { base: 0xe00ff003, cswReset: 0x43800042, tarWrapBytes: 0x1000 },
  debugUnit: {
    base: 0xe0042000,
    writable: { 4: 0xffffffff },
    watchdogStop: { offset: 4, bit: 8 },
  },
  signature: {
    base: 0x1ffff7e0,
    sizeAddress: 0x1ffff7e0,
    uidAddress: 0x1ffff7e8,
    others: { 0x1ffff7e4: 0x051406b5 },
    sizeHiddenByProtection: true,
    // Flash needs one wait state above 24 MHz (RM0008 3.3.3); the effect was seen at 72 MHz.
    blankAboveHz: 24_000_000,
  },
  options: { level0: 0xa5, level2: null, obr: { user: 2, data: 10 }, loadedBy: 'reset', launches: false },
  flash: {
    acrReset: 0x30,
    acrWritable: 0x3f,
    optionNotErased: 'PGERR',
    protectedProgram: null,
    protectedErase: 'WRPRTERR',
    protectionKeepsFirstSector: true,
    // Code comes through the prefetch buffer even when data reads are refused.
    protectedFetch: true,
    halfWordPs: HALF_WORD_PROGRAM_PS,
    pageErasePs: PAGE_ERASE_PS,
    massErasePs: MASS_ERASE_PS,
  },
  clocks: {
    pllSourceShift: 16,
    pllInputs: [
      { hz: HSI_HZ / 2, divided: false },
      { hz: HSE_HZ, divided: true },
    ],
    predivOffset: null,
    readyAtOnce: {},
  },
  crc: 'plain',
  watchdogWindow: false,
  // RM0008 3.3, Ethernet of the connectivity line included.
  windows: [[0x40000000, 0x40030000]],
  peripherals: { flash: 0x40022000, clocks: 0x40021000, watchdog: 0x40003000, crc: 0x40023000 },
  // Status registers of USART1 to 3 and of an I2C (RM0008).
  resetValues: {
    0x40013800: 0x000000c0,
    0x40004400: 0x000000c0,
    0x40004800: 0x000000c0,
    0x40005c40: 0x00000003,
  },
  pins: 'v1',
  ports: [0x40010800, 0x40012400],
  // AFIO_MAPR.SWJ_CFG = 100 (RM0008 9.4.2).
  debugPins: { register: 0x40010004, mask: 0x07000000, value: 0x04000000, offWhen: 'equal' },
  sources: 'RM0008, PM0075, DS5319, ARM DDI0337; signature and protection: public logs of genuine parts',
  fixture: '',
};
