import type { Assessment, Verdict } from '@boardwalk/contracts';
import { isSt } from './designer.ts';
import type { Facts } from './facts.ts';
import { scoreOf, sumsByGroup, type Fired } from './findings.ts';

const CONSISTENT_FROM = 8;
/** A row that weighs this much against ST decides alone if it is specific, and forbids "consistent" if it is odd. */
const RED = -3;
/** Reads of the core that contradict ST's name in the ROM table: one can be a bad read. */
const LEAST_PLACES = 2;

const counts = ({ finding }: Fired): boolean => !finding.excused;
const isSpecific = (fired: Fired): boolean => counts(fired) && fired.row.kind === 'specific';

/** Reads of a newer core that fired; `place` rows of the group "periph" are among them. */
export function newerCoreReads(fired: readonly Fired[]): readonly Fired[] {
  return fired.filter((each) => isSpecific(each) && each.row.place === true);
}

/** Something of the core is not that of an F103 although the ROM table names ST. */
export function isContradiction(facts: Facts, fired: readonly Fired[]): boolean {
  return isSt(facts.designer) && newerCoreReads(fired).length > 0;
}

/**
 * Whether the reads of a newer core count by themselves: beside another designer's name they do. Beside ST's name, or where no
 * name was read, it takes two, and a device id that claims to be an F103: other series of ST have such cores.
 */
function coreCounts(facts: Facts, fired: readonly Fired[]): boolean {
  if (facts.designer !== null && !isSt(facts.designer)) return true;
  return facts.deviceId !== null && newerCoreReads(fired).length >= LEAST_PLACES;
}

/** Odd reads, however many, never make a chip differ: a bad read shows anything. */
function isDifferent(facts: Facts, fired: readonly Fired[]): boolean {
  const core = coreCounts(facts, fired);
  const specific = fired.filter((each) => isSpecific(each) && (core || !each.row.place));
  const decides = specific.some(({ row }) => row.weight <= RED && row.reliability !== 'C');
  return decides || new Set(specific.map(({ row }) => row.group)).size >= 2;
}

/** The four reads without which nothing speaks for ST. */
export function missingReads({ dpidr, designer, registers }: Facts): readonly string[] {
  const reads = {
    DPIDR: dpidr,
    CPUID: registers.cpuid,
    'the root ROM table': designer,
    'the device id': registers.deviceId,
  };
  return Object.entries(reads).flatMap(([name, value]) => (value === null ? [name] : []));
}

/** A blank signature that was not read under reset: genuine parts read so at 72 MHz. */
export const isSignatureTrap = (facts: Facts): boolean =>
  facts.blank && !facts.readProtected && !facts.readUnderReset;

export function isRed({ row, finding }: Fired): boolean {
  return !finding.excused && row.weight <= RED;
}

export function verdictOf(facts: Facts, fired: readonly Fired[]): Verdict {
  if (isDifferent(facts, fired)) return 'differs';
  if (missingReads(facts).length > 0 || isSignatureTrap(facts) || fired.some(isRed)) return 'insufficient';
  return scoreOf(fired) >= CONSISTENT_FROM ? 'consistent' : 'insufficient';
}

/** How many groups agree with the verdict: three or more high, two medium, one low. */
export function strengthOf(verdict: Verdict, fired: readonly Fired[]): Assessment['strength'] {
  if (verdict === 'insufficient') return null;
  const sums = [...sumsByGroup(fired).values()];
  const agreeing = sums.filter((sum) => (verdict === 'consistent' ? sum > 0 : sum < 0)).length;
  return agreeing >= 3 ? 'high' : agreeing === 2 ? 'medium' : 'low';
}
