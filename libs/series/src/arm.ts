/** Regions of the address space, the same on every Cortex-M (ARM DDI0403, B3.1; ARM DDI0419, B3.1). */
export const REGIONS = {
  code: { from: 0, to: 0x20000000 },
  sram: { from: 0x20000000, to: 0x40000000 },
  peripherals: { from: 0x40000000, to: 0x60000000 },
  external: { from: 0x60000000, to: 0xa0000000 },
  core: { from: 0xe0000000, to: 0xe0100000 },
} as const;

/** Where SRAM begins on every part that the station knows; a raw image is checked before its chip is known. */
export const SRAM_BASE = REGIONS.sram.from;

/** Blocks of the private bus that a core has, by ARM's names. */
export type CoreBlock = 'SCS' | 'DWT' | 'FPB' | 'BPU' | 'ITM' | 'TPIU' | 'ETM';

/** Which instructions a loader may have. */
export type Architecture = 'v7-M' | 'v6-M';

/** A core as its debugger sees it. */
export interface Core {
  readonly architecture: Architecture;
  readonly romTable: number;
  readonly blocks: Readonly<Partial<Record<CoreBlock, number>>>;
  readonly source: string;
}

/** System control space: the same place on every Cortex-M. */
export const SCS = 0xe000e000;
const DWT = 0xe0001000;
const BREAKPOINTS = 0xe0002000;
const ROM_TABLE = 0xe00ff000;

export const CORTEX_M3: Core = {
  architecture: 'v7-M',
  romTable: ROM_TABLE,
  blocks: { SCS, DWT, FPB: BREAKPOINTS, ITM: 0xe0000000, TPIU: 0xe0040000, ETM: 0xe0041000 },
  source: 'ARM DDI0337 I, ROM table; ARM DDI0403, B3.1',
};

export const CORTEX_M4: Core = {
  ...CORTEX_M3,
  source: 'ARM DDI0439 D, ROM table; ARM DDI0403, B3.1',
};

export const CORTEX_M0: Core = {
  architecture: 'v6-M',
  romTable: ROM_TABLE,
  blocks: { SCS, DWT, BPU: BREAKPOINTS },
  source: 'ARM DDI0432 C, ROM table; ARM DDI0419, B3.1',
};

/** PARTNO of CPUID (ARM DDI0403, B3.2.3). */
export const partNumberOf = (cpuid: number): number => (cpuid >>> 4) & 0xfff;
