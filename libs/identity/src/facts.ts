import type { Identity, PeripheralId } from '@boardwalk/contracts';
import { chipOf, deviceIdOf, readSignature, REGISTER_NAMES, type RegisterName } from '@boardwalk/series';

/** What was ordered, as far as the recipe or the order says. */
export interface Expectation {
  readonly flashSizeKib?: number;
}

/** JEP106 designer of a CoreSight component (ARM IHI0029, PIDR): bank, id, and whether it is a JEDEC code at all. */
export interface Designer {
  readonly jedec: boolean;
  readonly bank: number;
  readonly id: number;
  readonly part: number;
}

export function designerOf({ pidr4, pidr }: PeripheralId): Designer {
  const [p0, p1, p2] = pidr as [number, number, number, number];
  return {
    jedec: (p2 & 8) !== 0,
    bank: pidr4 & 15,
    id: ((p2 & 7) << 4) | (p1 >>> 4),
    part: ((p1 & 15) << 8) | p0,
  };
}

/** An identity turned into numbers, once, for the evidence rows to look at. */
export interface Facts {
  /** The series that core and device id point to. */
  readonly series: string;
  /** Every single register by its name; null where it was not read. */
  readonly registers: Readonly<Record<RegisterName, number | null>>;
  readonly dpidr: number | null;
  readonly apIdr: number | null;
  readonly cpuid: number | null;
  readonly idcode: number | null;
  readonly deviceId: number | null;
  readonly revision: number | null;
  readonly designer: Designer | null;
  readonly etmListed: boolean | null;
  readonly coreRows: ReadonlySet<string>;
  readonly vtor: number | null;
  readonly sizeKib: number | null;
  readonly sizeHigh: number | null;
  readonly uid: readonly number[] | null;
  readonly uidText: string | null;
  readonly vectors: readonly number[] | null;
  readonly fmcPid: number | null;
  readonly ahbenr: number | null;
  readonly flashCr: number | null;
  readonly priorityBits: number | null;
  readonly readProtected: boolean;
  readonly readUnderReset: boolean;
  readonly signatureBlank: boolean;
  readonly expectation: Expectation;
}

/** PIDR2..0 of SCS, DWT, FPB and ITM by core revision (public logs of measured parts). */
const COMPONENT_ROWS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  r1p1: { SCS: 0x1bb000, DWT: 0x1bb002, FPB: 0x0bb003, ITM: 0x1bb001 },
  r2p0: { SCS: 0x2bb000, DWT: 0x2bb002, FPB: 0x2bb003, ITM: 0x2bb001 },
  r2p1: { SCS: 0x0bb000, DWT: 0x3bb002, FPB: 0x2bb003, ITM: 0x3bb001 },
};

export function factsOf(identity: Identity, expectation: Expectation): Facts {
  const number = (text: string | null): number | null => (text === null ? null : parseInt(text, 16));
  const idcode = number(identity.deviceId);
  const { series } = chipOf(number(identity.cpuid) ?? 0, idcode ?? 0);
  const words = identity.signature?.map((word) => parseInt(word, 16)) ?? null;
  const signature = words && readSignature(series, words);
  return {
    series: series.name,
    registers: registersOf(identity),
    dpidr: number(identity.dpidr),
    apIdr: number(identity.apIdr),
    cpuid: number(identity.cpuid),
    idcode,
    deviceId: idcode === null ? null : deviceIdOf(idcode),
    revision: idcode === null ? null : idcode >>> 16,
    designer: identity.romTable ? designerOf(identity.romTable.peripheralId) : null,
    etmListed: identity.romTable ? (parseInt(identity.romTable.entries[5] ?? '0', 16) & 1) === 1 : null,
    coreRows: coreRows(identity),
    vtor: number(identity.vtorReadback),
    // Also a size that is blank: an unprotected part that states none is worth a finding.
    sizeKib: signature ? signature.sizeWord & 0xffff : identity.flashSizeKib,
    sizeHigh: signature ? signature.sizeWord >>> 16 : null,
    uid: signature ? signature.uid : null,
    uidText: identity.uid,
    vectors: identity.bootRomVectors?.map((word) => parseInt(word, 16)) ?? null,
    fmcPid: number(identity.gigadevicePid),
    ahbenr: number(identity.ahbenrSticky),
    flashCr: number(identity.flashCr),
    priorityBits: identity.priorityBits,
    readProtected: ((number(identity.flashObr) ?? 0) & series.options.loaded.readProtected) !== 0,
    readUnderReset: identity.readUnderReset,
    signatureBlank: words !== null && words.every((word) => word === 0xffffffff),
    expectation,
  };
}

/** An identity that was stored before a register was added has no field for it. */
function registersOf(identity: Identity): Facts['registers'] {
  const values: Partial<Identity> = identity;
  const entries = REGISTER_NAMES.map((name) => [name, values[name] ? parseInt(values[name], 16) : null]);
  return Object.fromEntries(entries) as Facts['registers'];
}

/** Which revisions the debug components point to; honest silicon points to one. */
function coreRows(identity: Identity): ReadonlySet<string> {
  const rows = new Set<string>();
  for (const [row, parts] of Object.entries(COMPONENT_ROWS)) {
    const all = Object.entries(parts).every(([name, expected]) => {
      const id = identity.components[name];
      return id !== undefined && (id.pidr[0]! | (id.pidr[1]! << 8) | (id.pidr[2]! << 16)) === expected;
    });
    if (all) rows.add(row);
  }
  return rows;
}
