import { decode16 } from './decode-16.ts';
import { decode32 } from './decode-32.ts';
import { decode16V6, decode32V6 } from './decode-v6m.ts';
import type { RegisterMasks } from './core-registers.ts';
import type { Instruction } from './instruction.ts';
import type { Timing } from './timing.ts';
import { CORTEX_M0_TIMING, CORTEX_M3_TIMING } from './timing.ts';

/** How half-words become instructions. */
export interface Decoder {
  decode16(halfWord: number): Instruction;
  decode32(first: number, second: number): Instruction;
}

/** What the processors of one architecture version have in common, where versions differ. */
export interface Architecture extends Decoder {
  readonly registers: RegisterMasks;
  readonly timing: Timing;
  readonly bitBands: boolean;
  /** Registers of the system control block by offset; the others read as zero. null: all of ARMv7-M. */
  readonly systemRegisters: ReadonlySet<number> | null;
  readonly ccrWritable: number;
  readonly icsrReadable: number;
  /** PRIGROUP and VECTRESET of AIRCR. */
  readonly priorityGroups: boolean;
  readonly vectReset: boolean;
  /** Exceptions below 16 whose priority cannot be set, though a byte of SHPR is next to it. */
  readonly fixedPriorities: ReadonlySet<number>;
  /** NVIC_IABR. */
  readonly activeBits: boolean;
  /** The private bus takes 32-bit accesses only. */
  readonly privateWordsOnly: boolean;
  /** Code reaches the debug registers, DWT and the breakpoint unit; else they read as zero for it. */
  readonly debugFromCode: boolean;
  /** Where no component is on the private bus, an access is a fault; else it reads as zero. */
  readonly privateGapsFault: boolean;
}

export const ARMV7M: Architecture = {
  decode16,
  decode32,
  registers: { q: 1, it: 0xff, control: 3, apsrAtReset: 0, faultMasks: true },
  timing: CORTEX_M3_TIMING,
  bitBands: true,
  systemRegisters: null,
  ccrWritable: 0x31b,
  icsrReadable: 0xffffffff,
  priorityGroups: true,
  vectReset: true,
  fixedPriorities: new Set(),
  activeBits: true,
  privateWordsOnly: false,
  debugFromCode: true,
  privateGapsFault: true,
};

/**
 * ARMv6-M as the Cortex-M0 has it, without the unprivileged mode that the architecture leaves open (ARM DDI0419, DDI0432).
 * Gaps on the private bus read as zero: st-flash looks at 0xE0042000 first and takes zero for "not here".
 */
export const ARMV6M: Architecture = {
  decode16: decode16V6,
  decode32: decode32V6,
  // N and Z are set in public logs of genuine parts after a reset.
  registers: { q: 0, it: 0, control: 2, apsrAtReset: 0xc0000000, faultMasks: false },
  timing: CORTEX_M0_TIMING,
  bitBands: false,
  // SysTick; CPUID, ICSR, AIRCR, SCR, CCR, SHPR2, SHPR3, DFSR.
  systemRegisters: new Set([
    0x010, 0x014, 0x018, 0x01c, 0xd00, 0xd04, 0xd0c, 0xd10, 0xd14, 0xd1c, 0xd20, 0xd30,
  ]),
  ccrWritable: 0,
  // Without RETTOBASE.
  icsrReadable: ~(1 << 11),
  priorityGroups: false,
  vectReset: false,
  fixedPriorities: new Set([8, 9, 10, 12, 13]),
  activeBits: false,
  privateWordsOnly: true,
  debugFromCode: false,
  privateGapsFault: false,
};
