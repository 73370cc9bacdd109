import type { Identity } from '@boardwalk/contracts';
import { chipOf, deviceIdOf, REGISTER_NAMES, SERIES, STM32F1, type RegisterName } from '@boardwalk/series';
import { coreOfTracePort, coreRowOf, type CoreRow } from './core-rows.ts';
import { designerOf, rootDoubt, type Designer } from './designer.ts';
import type { Expectation } from './expectation.ts';
import { isLineCertain, namedLine, type NamedLine } from './lines.ts';
import { signatureOf, type SignatureWords } from './signature.ts';
import {
  apIdrDoubt,
  blankDoubt,
  cpuidDoubt,
  dpidrDoubt,
  isBlank,
  isLeftover,
  leftoverDoubt,
  wordOf,
  wordsOf,
  type Doubt,
} from './words.ts';

/** A read of the record that cannot be one: it counts as not read. */
export interface Doubted {
  readonly item: string;
  readonly why: string;
}

/** The numbers of an identity that were really read, once, for the evidence rows to look at. */
export interface Facts {
  /** The words that the maker writes into each chip. */
  readonly signature: SignatureWords;
  /** The series that core and device id point to. */
  readonly series: string;
  /** Every single register by its name; null where it was not read. */
  readonly registers: Readonly<Record<RegisterName, number | null>>;
  readonly dpidr: number | null;
  readonly apIdr: number | null;
  readonly deviceId: number | null;
  readonly revision: number | null;
  /** The line of ST that the device id names, and whether the whole word is one of that line's. */
  readonly line: NamedLine | null;
  readonly lineCertain: boolean;
  readonly designer: Designer | null;
  readonly coreRow: CoreRow | null;
  /** By CPUID, else by the trace port. */
  readonly core: 'M3' | 'M4' | 'other' | null;
  readonly vectors: readonly number[] | null;
  readonly priorityBits: number | null;
  readonly sramBeyond: boolean | null;
  readonly readProtected: boolean;
  readonly readUnderReset: boolean;
  readonly targetVoltage: number | null;
  readonly uidText: string | null;
  /** A word that a probe hands out when it read nothing is in place of what the chip says it is. */
  readonly transportFailed: boolean;
  readonly doubted: readonly Doubted[];
  readonly expectation: Expectation;
}

/** Why a register's word was not read; the others may read as anything. */
const DOUBTS: Readonly<Partial<Record<RegisterName, (word: number) => Doubt>>> = {
  cpuid: cpuidDoubt,
  deviceId: blankDoubt,
  flashCr: leftoverDoubt,
  flashObr: leftoverDoubt,
  gigadevicePid: leftoverDoubt,
  vtorReadback: blankDoubt,
  ahbenrSticky: blankDoubt,
};

export function factsOf(identity: Identity, expectation: Expectation): Facts {
  const doubted: Doubted[] = [];
  const trusted = (item: string, word: number | null, doubtOf: (word: number) => Doubt): number | null => {
    if (word === null) return null;
    const why = doubtOf(word);
    if (why === null) return word;
    doubted.push({ item, why });
    return null;
  };
  const dpidr = trusted('dpidr', wordOf(identity.dpidr), dpidrDoubt);
  const apIdr = trusted('apIdr', wordOf(identity.apIdr), apIdrDoubt);
  const registers = registersOf(identity, trusted);
  const doubt = rootDoubt(identity);
  if (doubt !== null) doubted.push({ item: 'romTable', why: doubt });
  const designer = identity.romTable && doubt === null ? designerOf(identity.romTable.peripheralId) : null;
  const claim = claimOf(registers, designer);
  const series = SERIES.find(({ name }) => name === claim.series)!;
  return {
    signature: signatureOf(identity, series),
    series: claim.series,
    deviceId: claim.deviceId,
    revision: claim.revision,
    line: claim.line,
    lineCertain: claim.lineCertain,
    registers,
    dpidr,
    apIdr,
    designer,
    coreRow: coreRowOf(identity.components),
    core: coreOf(registers.cpuid, identity),
    vectors: vectorsOf(identity),
    priorityBits: isWidth(identity.priorityBits) ? identity.priorityBits : null,
    sramBeyond: identity.sramBeyond,
    readProtected: ((registers.flashObr ?? 0) & series.options.loaded.readProtected) !== 0,
    readUnderReset: identity.readUnderReset,
    targetVoltage: identity.targetVoltage,
    uidText: identity.uid,
    transportFailed: hasTransportFailed(identity),
    doubted,
    expectation,
  };
}

/** No part has no priority bits, and eight read back only where nothing is. */
const isWidth = (bits: number | null): boolean => bits !== null && bits > 0 && bits < 8;

type Trusted = (item: string, word: number | null, doubtOf: (word: number) => Doubt) => number | null;

/** An identity that was stored before a register was added has no field for it. */
function registersOf(identity: Identity, trusted: Trusted): Facts['registers'] {
  const values: Partial<Identity> = identity;
  const registers: Partial<Record<RegisterName, number | null>> = {};
  for (const name of REGISTER_NAMES) {
    const word = wordOf(values[name]);
    const doubtOf = DOUBTS[name];
    registers[name] = doubtOf ? trusted(name, word, doubtOf) : word;
  }
  return registers as Facts['registers'];
}

/** The part that the device id says the chip is: a claim, which the other registers confirm or contradict. */
function claimOf(
  { cpuid, deviceId: idcode }: Facts['registers'],
  designer: Designer | null,
): Pick<Facts, 'series' | 'deviceId' | 'revision' | 'line' | 'lineCertain'> {
  const line = idcode === null ? null : namedLine(idcode, cpuid);
  const series = line?.series ?? (line ? STM32F1.name : chipOf(cpuid ?? 0, idcode ?? 0).series.name);
  if (idcode === null) return { series, deviceId: null, revision: null, line, lineCertain: false };
  const deviceId = deviceIdOf(idcode);
  const lineCertain = line !== null && isLineCertain(line, idcode, designer);
  return { series, deviceId, revision: idcode >>> 16, line, lineCertain };
}

function coreOf(cpuid: number | null, { components }: Identity): Facts['core'] {
  if (cpuid === null) return coreOfTracePort(components);
  const part = (cpuid >>> 4) & 0xfff;
  return part === 0xc23 ? 'M3' : part === 0xc24 ? 'M4' : 'other';
}

function vectorsOf({ bootRomVectors }: Identity): readonly number[] | null {
  const words = bootRomVectors && wordsOf(bootRomVectors);
  return words === null || words.every((word) => word === 0) ? null : words;
}

/** The three words that every probe reads first: one that is a leftover means that the probe read nothing. */
function hasTransportFailed({ dpidr, cpuid, deviceId }: Identity): boolean {
  const isNothing = (text: string | null): boolean => text !== null && isBlank(wordOf(text)!);
  if (isNothing(dpidr) || isNothing(cpuid)) return true;
  return deviceId !== null && !isNothing(deviceId) && isLeftover(wordOf(deviceId)!);
}
