import type { Identity, PeripheralId } from '@boardwalk/contracts';

/** Revisions of a core by the ids of its debug components. */
export type CoreRow = 'M3 r1p1' | 'M3 r2p0' | 'M3 r2p1' | 'M4 r0p1';

/** PIDR2..0 of SCS, DWT, FPB and ITM (public logs of measured parts; M4: pyOCD logs of two makers' parts). */
const ROWS: readonly (readonly [CoreRow, Readonly<Record<string, number>>])[] = [
  ['M3 r1p1', { SCS: 0x1bb000, DWT: 0x1bb002, FPB: 0x0bb003, ITM: 0x1bb001 }],
  ['M3 r2p0', { SCS: 0x2bb000, DWT: 0x2bb002, FPB: 0x2bb003, ITM: 0x2bb001 }],
  ['M3 r2p1', { SCS: 0x0bb000, DWT: 0x3bb002, FPB: 0x2bb003, ITM: 0x3bb001 }],
  ['M4 r0p1', { SCS: 0x0bb00c, DWT: 0x3bb002, FPB: 0x2bb003, ITM: 0x3bb001 }],
];
const NAMES = ['SCS', 'DWT', 'FPB', 'ITM'];
/** The trace port's part number: M3 or M4, also where CPUID is not read. */
const TRACE_PORTS: Readonly<Record<number, 'M3' | 'M4'>> = { 0x923: 'M3', 0x9a1: 'M4' };
/** One component alone is one read; a revision needs two that agree. */
const LEAST = 2;

/** DWT and ITM read as zero while TRCENA is off, on genuine parts too; anything that is not ARM's was not read. */
export function isComponentRead({ pidr4, pidr }: PeripheralId): boolean {
  return pidr4 === 4 && pidr[1]! >>> 4 === 0xb && (pidr[2]! & 0xf) === 0xb;
}

const packed = ({ pidr }: PeripheralId): number => pidr[0]! | (pidr[1]! << 8) | (pidr[2]! << 16);

/** The revision that every component read agrees with; null: too few were read, or they disagree. */
export function coreRowOf(components: Identity['components']): CoreRow | null {
  const isRead = (name: string): boolean => name in components && isComponentRead(components[name]!);
  const read = NAMES.filter(isRead);
  if (read.length < LEAST) return null;
  return ROWS.find(([, ids]) => read.every((name) => ids[name] === packed(components[name]!)))?.[0] ?? null;
}

/** The core by its trace port; null: not read. */
export function coreOfTracePort({ TPIU: id }: Identity['components']): 'M3' | 'M4' | null {
  return (id && isComponentRead(id) && TRACE_PORTS[packed(id) & 0xfff]) || null;
}
