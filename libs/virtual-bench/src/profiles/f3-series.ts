import { F0_SERIES } from './f0-series.ts';
import { F1_SERIES } from './f1-series.ts';
import type { Series } from './series.ts';

/** STM32F3x: Cortex-M4, the flash controller and the option bytes of F0. */
export const F3_SERIES: Series = {
  ...F0_SERIES,
  name: 'f3',
  description: 'STM32F3x: Cortex-M4',
  // The same places on a Cortex-M4 as on an M3, and as many bits of TAR that count (ARM DDI0439).
  romTable: F1_SERIES.romTable,
  etmEntry: F1_SERIES.etmEntry,
  accessPort: F1_SERIES.accessPort,
  debugUnit: {
    base: 0xe0042000,
    // CR with the trace bits; APB1_FZ and APB2_FZ with the timers of the whole series (RM0316 33.16).
    writable: { 0x4: 0x000000e7, 0x8: 0x40e01c3f, 0xc: 0x0000003f },
    watchdogStop: { offset: 0x8, bit: 12 },
  },
  // RM0316 5: loaded after a system reset too; OBL_LAUNCH makes one.
  options: { ...F0_SERIES.options, loadedBy: 'reset' },
  flash: { ...F0_SERIES.flash, acrReset: 0x30, acrWritable: 0x1f },
  clocks: { ...F1_SERIES.clocks, predivOffset: 0x2c },
  // RM0316 3.2.2: APB, AHB1, AHB2; the ADCs behind AHB3 are not there.
  windows: [
    [0x40000000, 0x40008000],
    [0x40010000, 0x40018000],
    [0x40020000, 0x40024400],
    [0x48000000, 0x48002000],
  ],
  // DBGMCU is on the private bus.
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
  sources:
    'RM0316, RM0313, RM0364, RM0366 (memory map, flash, option bytes, debug), ARM DDI0439; component ids: a public J-Link log of a Cortex-M4 r0p1',
  fixture:
    'cell times are those of STM32F0; what protection level 1 answers is that of STM32F0; the CSW value is that of the STM32F1',
};
