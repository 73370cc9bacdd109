import { HSE_HZ, HSI_HZ, MASS_ERASE_PS, PS_PER_MS } from '../time/constants.ts';
import type { Series } from './series.ts';

/** STM32F0x: Cortex-M0, the flash controller of F1 with other rules for option bytes. */
export const F0_SERIES: Series = {
  name: 'f0',
  description: 'STM32F0x: Cortex-M0',
  // SCS, DWT, BPU.
  romTable: [0xfff0f003, 0xfff02003, 0xfff03003],
  etmEntry: null,
  // CSW as it was read at attach from a genuine F042; the AP of a Cortex-M0 counts through ten bits of TAR.
  accessPort: { base: 0xe00ff003, cswReset: 0x03000040, tarWrapBytes: 0x400 },
  debugUnit: {
    base: 0x40015800,
    // CR without SLEEP; APB1_FZ and APB2_FZ with the timers of the whole series (RM0091 32.9).
    writable: { 0x4: 0x00000006, 0x8: 0x02201d33, 0xc: 0x00070800 },
    watchdogStop: { offset: 0x8, bit: 12 },
  },
  signature: {
    base: 0x1ffff7ac,
    sizeAddress: 0x1ffff7cc,
    uidAddress: 0x1ffff7ac,
    others: {},
    sizeHiddenByProtection: false,
    blankAboveHz: null,
  },
  options: { level0: 0xaa, level2: 0xcc, obr: { user: 8, data: 16 }, loadedBy: 'launch', launches: true },
  flash: {
    acrReset: 0,
    acrWritable: 0x17,
    optionNotErased: 'WRPRTERR',
    protectedProgram: 'PGERR',
    protectedErase: 'PGERR',
    protectionKeepsFirstSector: false,
    // RM0091 3.4: in debug mode main flash is totally inaccessible.
    protectedFetch: false,
    halfWordPs: 53_500_000,
    pageErasePs: 22 * PS_PER_MS,
    massErasePs: MASS_ERASE_PS,
  },
  clocks: {
    pllSourceShift: 15,
    // The last one is HSI48, which the model does not have.
    pllInputs: [
      { hz: HSI_HZ / 2, divided: false },
      { hz: HSI_HZ, divided: true },
      { hz: HSE_HZ, divided: true },
      null,
    ],
    predivOffset: 0x2c,
    // RCC_CR2: HSI14 and HSI48.
    readyAtOnce: { 0x34: 0x00010001 },
  },
  crc: 'reversing',
  watchdogWindow: true,
  // RM0091 2.2.2: APB, AHB1, AHB2.
  windows: [
    [0x40000000, 0x40008000],
    [0x40010000, 0x40018000],
    [0x40020000, 0x40024400],
    [0x48000000, 0x48001800],
  ],
  peripherals: {
    flash: 0x40022000,
    clocks: 0x40021000,
    watchdog: 0x40003000,
    crc: 0x40023000,
    debugUnit: 0x40015800,
    systemConfiguration: 0x40010000,
  },
  // MODER, OSPEEDR and PUPDR of port A, which has the SWD pins; status of USART1 and USART2.
  resetValues: {
    0x48000000: 0x28000000,
    0x48000008: 0x0c000000,
    0x4800000c: 0x24000000,
    0x4001381c: 0x000000c0,
    0x4000441c: 0x000000c0,
  },
  pins: 'v2',
  ports: [0x48000000, 0x48001800],
  // PA13 and PA14 in their alternate function.
  debugPins: { register: 0x48000000, mask: 0x3c000000, value: 0x28000000, offWhen: 'different' },
  sources:
    'RM0091, RM0360 (memory map, flash, option bytes, debug), ARM DDI0419, DDI0432; AP and ROM table: public logs of J-Link, OpenOCD and Black Magic on genuine parts; cell times: DS9826, page erase from a published log of an F030x6',
  fixture: 'that DBGMCU takes writes with DBGMCUEN clear; that the size is readable at protection level 1',
};
