import { isSt } from './designer.ts';
import { isOtherLine } from './evidence/device-id.ts';
import type { Facts } from './facts.ts';
import type { Fired } from './findings.ts';
import { isContradiction } from './verdict.ts';

/** Findings that say by the device id that the part is not the one ordered. */
const ORDER_BY_ID = ['DENSITY_DIFF', 'PKG_IMPOSSIBLE'];
const CORE_R1 = ['DPIDR_R1', 'CPUID_R1P1'];
/** The least supply of the parts here (DS5319 5.3.1). A probe without a sense wire reads less than a chip can live on. */
const [LEAST_VOLTS, SENSED_VOLTS] = [2.0, 1.0];

/** ST's silicon whose core agrees with that, and yet not the part ordered: a claim of its own. */
export function isRelabelled(facts: Facts, fired: readonly Fired[]): boolean {
  const isFired = (id: string): boolean => fired.some(({ row }) => row.id === id);
  if (!isSt(facts.designer) || !CORE_R1.every(isFired) || isContradiction(facts, fired)) return false;
  return ORDER_BY_ID.some(isFired) || (facts.signature.sizeCertain && isFired('SIZE_DIFF'));
}

/** Silicon of ST that is only not the part ordered: of another line, or relabelled. */
export function isOtherPart(facts: Facts, fired: readonly Fired[], resembles: string | null): boolean {
  if (isOtherLine(facts) && !isContradiction(facts, fired)) return true;
  return resembles === null && isRelabelled(facts, fired);
}

interface Modifier {
  readonly when: (facts: Facts, fired: readonly Fired[]) => boolean;
  readonly says: (facts: Facts) => string;
}

const MODIFIERS: readonly Modifier[] = [
  { when: (f) => f.readProtected, says: () => 'limited: the chip is read-protected' },
  {
    when: ({ targetVoltage: volts }) => volts !== null && volts >= SENSED_VOLTS && volts < LEAST_VOLTS,
    says: ({ targetVoltage }) =>
      `limited: the supply was ${targetVoltage!.toFixed(2)} V, and the part needs at least ${LEAST_VOLTS.toFixed(1)} V`,
  },
  { when: isRelabelled, says: () => 'ST silicon by its registers, but not the part ordered (relabelled?)' },
  { when: isContradiction, says: () => 'the identity registers contradict each other' },
];

export function modifiersOf(facts: Facts, fired: readonly Fired[]): string[] {
  return MODIFIERS.filter(({ when }) => when(facts, fired)).map(({ says }) => says(facts));
}
