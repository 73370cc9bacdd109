import { HSE_HZ, HSI_HZ, MASS_ERASE_PS, PS_PER_MS } from '../time/constants.ts';
import type { Series } from './series.ts';

/** STM32F3x: Cortex-M4, the flash controller and the option bytes of F0. */
export const F3_SERIES: Series = {
  name: 'f3',
  description: 'STM32F3x: Cortex-M4',
  // SCS, DWT, FPB, ITM, TPIU (ARM DDI0439).
  romTable: [0xfff0f003, 0xfff02003, 0xfff03003, 0xfff01003, 0xfff41003],
  etmEntry: 0xfff42002,
  // Twelve bits of TAR count (ARM DDI0439).
  accessPort: { base: 0xe00ff003, cswReset: 0x43800042, tarWrapBytes: 0x1000 },
  debugUnit: {
    base: 0xe0042000,
    // CR with the trace bits; APB1_FZ and APB2_FZ with the timers of the whole series (RM0316 33.16).
    writable: { 0x4: 0x000000e7, 0x8: 0x40e01c3f, 0xc: 0x0000003f },
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
  options: {
    level0: 0xaa,
    level2: 0xcc,
    obr: { user: 8, data: 16 },
    // RM0316 5: after a system reset; OBL_LAUNCH makes one.
    loadedBy: 'reset',
    launches: true,
  },
  flash: {
    acrReset: 0x30,
    acrWritable: 0x1f,
    optionNotErased: 'WRPRTERR',
    protectedProgram: 'PGERR',
    protectedErase: 'PGERR',
    protectionKeepsFirstSector: false,
    protectedFetch: false,
    halfWordPs: 53_500_000,
    pageErasePs: 22 * PS_PER_MS,
    massErasePs: MASS_ERASE_PS,
  },
  clocks: {
    pllSourceShift: 16,
    pllInputs: [
      { hz: HSI_HZ / 2, divided: false },
      { hz: HSE_HZ, divided: true },
    ],
    predivOffset: 0x2c,
    readyAtOnce: {},
  },
  crc: 'reversing',
  watchdogWindow: true,
  // RM0316 3.2.2: APB, AHB1, AHB2; the ADCs behind AHB3 are not there.
  windows: [
    [0x40000000, 0x40008000],
    [0x40010000, 0x40018000],
    [0x40020000, 0x40024400],
    [0x48000000, 0x48002000],
  ],
  peripherals: {
    flash: 0x40022000,
    clocks: 0x40021000,
    watchdog: 0x40003000,
    crc: 0x40023000,
    systemConfiguration: 0x40010000,
  },
  // MODER, OSPEEDR and PUPDR of ports A and B, which have the JTAG pins; status of USART1 to 3.
  resetValues: {
    0x48000000: 0xa8000000,
    0x48000008: 0x0c000000,
    0x4800000c: 0x64000000,
    0x48000400: 0x00000280,
    0x48000408: 0x000000c0,
    0x4800040c: 0x00000100,
    0x4001381c: 0x000000c0,
    0x4000441c: 0x000000c0,
    0x4000481c: 0x000000c0,
  },
  pins: 'v2',
  ports: [0x48000000, 0x48001800],
  // PA13 and PA14 in their alternate function.
  debugPins: { register: 0x48000000, mask: 0x3c000000, value: 0x28000000, offWhen: 'different' },
  sources:
    'RM0316, RM0313, RM0364, RM0366 (memory map, flash, option bytes, debug), ARM DDI0439; component ids: a public J-Link log of a Cortex-M4 r0p1',
  fixture:
    'cell times are those of STM32F0; what protection level 1 answers is that of STM32F0; the CSW value is that of the STM32F1',
};
