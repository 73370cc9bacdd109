import type { Assessment, Verdict } from '@boardwalk/contracts';
import { isSt } from './designer.ts';
import type { Facts } from './facts.ts';
import type { Fired } from './findings.ts';

/** The sum of weights from which a chip is consistent. */
export const CONSISTENT_FROM = 8;
/** A row that weighs this much against ST decides alone if it is specific, and forbids "consistent" if it is odd. */
export const RED = -3;
/** Reads that decide only together: one of them can be a bad read. */
export const LEAST_TOGETHER = 2;

const counts = ({ finding }: Fired): boolean => !finding.excused;
const isSpecific = (fired: Fired): boolean => counts(fired) && fired.row.kind === 'specific';

/** Specific reads that fired and that decide only together. */
export function weakReads(fired: readonly Fired[]): readonly Fired[] {
  return fired.filter((each) => isSpecific(each) && each.row.needsAnother === true);
}

/** Something is not that of an F103 although the ROM table names ST. */
export function isContradiction(facts: Facts, fired: readonly Fired[]): boolean {
  return isSt(facts.designer) && weakReads(fired).length > 0;
}

/**
 * Whether the weak reads count: two of them, and one of the core, whose ids no single wrong bit makes. A newer core differs only
 * from a chip that claims to be an F103: other series of ST have such cores, so it takes a device id, or a ROM table that does
 * not name ST.
 */
function weakReadsCount({ deviceId, designer }: Facts, fired: readonly Fired[]): boolean {
  const isClaim = deviceId !== null || (designer !== null && !isSt(designer));
  const weak = weakReads(fired);
  return isClaim && weak.length >= LEAST_TOGETHER && weak.some(({ row }) => row.group === 'core');
}

/** Odd reads, however many, never make a chip differ: a bad read shows anything. */
function isDifferent(facts: Facts, fired: readonly Fired[]): boolean {
  const together = weakReadsCount(facts, fired);
  const specific = fired.filter((each) => isSpecific(each) && (together || !each.row.needsAnother));
  const decides = specific.some(({ row }) => row.weight <= RED && row.reliability !== 'C');
  return decides || specific.some(({ row }) => row.group !== specific[0]!.row.group);
}

/** The four reads without which nothing speaks for ST. */
const NEEDED: readonly (readonly [name: string, pick: (facts: Facts) => unknown])[] = [
  ['DPIDR', ({ dpidr }) => dpidr],
  ['CPUID', ({ registers }) => registers.cpuid],
  ['the root ROM table', ({ designer }) => designer],
  ['the device id', ({ registers }) => registers.deviceId],
];
export const NEEDED_READS: readonly string[] = NEEDED.map(([name]) => name);

/** Those of them that were not read. */
export function missingReads(facts: Facts): readonly string[] {
  return NEEDED.flatMap(([name, pick]) => (pick(facts) === null ? [name] : []));
}

/** A blank signature that was not read under reset: genuine parts read so at 72 MHz. */
export const isSignatureTrap = (facts: Facts): boolean =>
  facts.signature.blank && !facts.readProtected && !facts.readUnderReset;

export function isRed({ row, finding }: Fired): boolean {
  return !finding.excused && row.weight <= RED;
}

export function verdictOf(facts: Facts, fired: readonly Fired[], score: number): Verdict {
  if (isDifferent(facts, fired)) return 'differs';
  if (missingReads(facts).length > 0 || isSignatureTrap(facts) || fired.some(isRed)) return 'insufficient';
  return score >= CONSISTENT_FROM ? 'consistent' : 'insufficient';
}

/** How many groups agree with the verdict: three or more high, two medium, one low. */
export function strengthOf(verdict: Verdict, sums: readonly number[]): Assessment['strength'] {
  if (verdict === 'insufficient') return null;
  const agreeing = sums.filter((sum) => (verdict === 'consistent' ? sum > 0 : sum < 0)).length;
  return agreeing >= 3 ? 'high' : agreeing === 2 ? 'medium' : 'low';
}
