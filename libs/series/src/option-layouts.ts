import type { OptionLayout } from './series.ts';

/** Where option bytes are, and the options that are at one place in every series (PM0075 2.4, RM0091 4, RM0316 5). */
export const OPTIONS_BASE = 0x1ffff800;
export const RDP = { RDP: { byte: 0, bit: 0, bits: 8 } };
export const RESETS = {
  WDG_SW: { byte: 1, bit: 0, bits: 1 },
  nRST_STOP: { byte: 1, bit: 1, bits: 1 },
  nRST_STDBY: { byte: 1, bit: 2, bits: 1 },
};
export const DATA_AND_WRP = {
  DATA0: { byte: 2, bit: 0, bits: 8 },
  DATA1: { byte: 3, bit: 0, bits: 8 },
  WRP: { byte: 4, bit: 0, bits: 32 },
};

/** Read protection in levels, as the STM32F0 and the STM32F3 have it; only OBL_LAUNCH and power-on load for sure. */
export const IN_LEVELS = {
  base: OPTIONS_BASE,
  factory: [0xaa, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
  // 0xaa is level 0, 0xcc level 2 for ever, anything else level 1. The F1's 0xa5 would protect.
  readProtection: { off: 0xaa, on: 0x00, permanent: 0xcc },
  loaded: { error: 1, readProtected: 6, shifts: [8, 16, 24] },
  loadedBy: 'launch',
} as const satisfies Omit<OptionLayout, 'fields' | 'source'>;
