import { ARMV6M, ARMV7M, type Architecture } from './architectures.ts';

/**
 * Processors of the parts that the bench has: what their debug registers say of them.
 * Values: ARM DDI0337 (r1p1, r2p0, r2p1), DDI0439 (M4) and DDI0432 (M0) component tables, as read on silicon in public logs.
 */
export type CoreRevision = 'm0-r0p0' | 'm3-r1p1' | 'm3-r2p0' | 'm3-r2p1' | 'm4-r0p1';

/**
 * The 20 low bits of a component's PIDR3..0, packed as PIDR2:PIDR1:PIDR0 bytes; PIDR4 is 0x04 (ARM) for all. null: the component
 * is not there and its block reads as zero. `fpb` is the breakpoint unit of either kind.
 */
export interface ComponentIds {
  readonly scs: number;
  readonly dwt: number;
  readonly fpb: number;
  readonly itm: number | null;
  readonly tpiu: number | null;
  readonly etm: number | null;
}

/** What a debugger has of a core. */
export interface DebugFacts {
  readonly codeBreakpoints: number;
  readonly literalBreakpoints: number;
  /** FP_REMAP. */
  readonly remap: boolean;
  readonly watchpoints: number;
  readonly cycleCounter: boolean;
  /** DWT_PCSR. */
  readonly pcSampling: boolean;
  readonly demcrWritable: number;
}

export interface CoreProfile {
  readonly revision: CoreRevision;
  readonly architecture: Architecture;
  readonly debug: DebugFacts;
  readonly cpuid: number;
  /** Bits of VTOR that keep what is written: 29:7 in r1, 31:7 from r2 on. */
  readonly vtorMask: number;
  /** CCR: STKALIGN (bit 9) is set out of reset from r2p0 on (ARM DDI0337, B.2 "Differences"), clear before. */
  readonly ccrAtReset: number;
  readonly priorityBits: number;
  /** External interrupt lines; ICTR counts them in groups of 32. */
  readonly interruptLines: number;
  readonly components: ComponentIds;
}

const M3_DEBUG: DebugFacts = {
  codeBreakpoints: 6,
  literalBreakpoints: 2,
  remap: true,
  watchpoints: 4,
  cycleCounter: true,
  pcSampling: false,
  demcrWritable: 0x010f07f1,
};

/** The Cortex-M3 r2p1, from which the other rows differ. */
const M3_R2P1: CoreProfile = {
  revision: 'm3-r2p1',
  architecture: ARMV7M,
  debug: M3_DEBUG,
  cpuid: 0x412fc231,
  vtorMask: 0xffffff80,
  ccrAtReset: 0x200,
  priorityBits: 4,
  interruptLines: 60,
  components: { scs: 0x0bb000, dwt: 0x3bb002, fpb: 0x2bb003, itm: 0x3bb001, tpiu: 0x3bb923, etm: 0x3bb924 },
};

export const CORE_PROFILES: Readonly<Record<CoreRevision, CoreProfile>> = {
  'm0-r0p0': {
    revision: 'm0-r0p0',
    architecture: ARMV6M,
    // BPU with four comparators for code, DWT with two; DEMCR has VC_CORERESET, VC_HARDERR and DWTENA (ARM DDI0432).
    debug: {
      codeBreakpoints: 4,
      literalBreakpoints: 0,
      remap: false,
      watchpoints: 2,
      cycleCounter: false,
      pcSampling: true,
      demcrWritable: 0x01000401,
    },
    cpuid: 0x410cc200,
    vtorMask: 0,
    // UNALIGN_TRP and STKALIGN, both fixed (ARM DDI0419 B3.2.8).
    ccrAtReset: 0x208,
    priorityBits: 2,
    interruptLines: 32,
    components: { scs: 0x0bb008, dwt: 0x0bb00a, fpb: 0x0bb00b, itm: null, tpiu: null, etm: null },
  },
  'm3-r1p1': {
    ...M3_R2P1,
    revision: 'm3-r1p1',
    cpuid: 0x411fc231,
    vtorMask: 0x3fffff80,
    ccrAtReset: 0,
    components: { scs: 0x1bb000, dwt: 0x1bb002, fpb: 0x0bb003, itm: 0x1bb001, tpiu: 0x1bb923, etm: null },
  },
  'm3-r2p0': {
    ...M3_R2P1,
    revision: 'm3-r2p0',
    cpuid: 0x412fc230,
    components: {
      ...{ scs: 0x2bb000, dwt: 0x2bb002, fpb: 0x2bb003 },
      ...{ itm: 0x2bb001, tpiu: 0x2bb923, etm: 0x2bb924 },
    },
  },
  'm3-r2p1': M3_R2P1,
  'm4-r0p1': {
    ...M3_R2P1,
    revision: 'm4-r0p1',
    cpuid: 0x410fc241,
    components: { scs: 0x0bb00c, dwt: 0x3bb002, fpb: 0x2bb003, itm: 0x3bb001, tpiu: 0x3bb923, etm: 0x0bb925 },
  },
};
