/**
 * Processors that stand in F103-class parts: what their debug registers say of them.
 * Values: ARM DDI0337 (r1p1, r2p0, r2p1) and DDI0439 (M4) component tables, as read on silicon in public logs.
 */
export type CoreRevision = 'm3-r1p1' | 'm3-r2p0' | 'm3-r2p1' | 'm4-r0p1';

/** The 20 low bits of a component's PIDR3..0, packed as PIDR2:PIDR1:PIDR0 bytes; PIDR4 is 0x04 (ARM) for all. */
export interface ComponentIds {
  readonly scs: number;
  readonly dwt: number;
  readonly fpb: number;
  readonly itm: number;
  readonly tpiu: number;
  readonly etm: number | null;
}

export interface CoreProfile {
  readonly revision: CoreRevision;
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

const R2P0: ComponentIds = {
  scs: 0x2bb000,
  dwt: 0x2bb002,
  fpb: 0x2bb003,
  itm: 0x2bb001,
  tpiu: 0x2bb923,
  etm: 0x2bb924,
};

export const CORE_PROFILES: Readonly<Record<CoreRevision, CoreProfile>> = {
  'm3-r1p1': {
    revision: 'm3-r1p1',
    cpuid: 0x411fc231,
    vtorMask: 0x3fffff80,
    ccrAtReset: 0,
    priorityBits: 4,
    interruptLines: 60,
    components: { scs: 0x1bb000, dwt: 0x1bb002, fpb: 0x0bb003, itm: 0x1bb001, tpiu: 0x1bb923, etm: null },
  },
  'm3-r2p0': {
    revision: 'm3-r2p0',
    cpuid: 0x412fc230,
    vtorMask: 0xffffff80,
    ccrAtReset: 0x200,
    priorityBits: 4,
    interruptLines: 60,
    components: R2P0,
  },
  'm3-r2p1': {
    revision: 'm3-r2p1',
    cpuid: 0x412fc231,
    vtorMask: 0xffffff80,
    ccrAtReset: 0x200,
    priorityBits: 4,
    interruptLines: 60,
    components: { scs: 0x0bb000, dwt: 0x3bb002, fpb: 0x2bb003, itm: 0x3bb001, tpiu: 0x3bb923, etm: 0x3bb924 },
  },
  'm4-r0p1': {
    revision: 'm4-r0p1',
    cpuid: 0x410fc241,
    vtorMask: 0xffffff80,
    ccrAtReset: 0x200,
    priorityBits: 4,
    interruptLines: 60,
    components: { scs: 0x0bb00c, dwt: 0x3bb002, fpb: 0x2bb003, itm: 0x3bb001, tpiu: 0x3bb923, etm: 0x0bb925 },
  },
};
