import { isSt } from './designer.ts';
import { hasModel } from './evidence.ts';
import { isOtherLine } from './evidence/device-id.ts';
import type { Facts } from './facts.ts';
import type { Fired } from './findings.ts';
import { weakReads } from './verdict.ts';

interface Gate {
  readonly when: (facts: Facts, fired: readonly Fired[]) => boolean;
  readonly says: (facts: Facts) => string;
}

const XL_DENSITY = 0x430;

/** States in which nothing is concluded, whatever the evidence says; the first that holds. */
const GATES: readonly Gate[] = [
  {
    when: (f) => f.transportFailed,
    says: () => 'The probe did not read the chip correctly; nothing can be concluded. Read it again.',
  },
  {
    when: (f) => !hasModel(f.series) && !isOtherLine(f),
    says: ({ series, line }) =>
      `${line ? `The device id is that of an ${line.name}. ` : ''}No model of evidence exists yet for the ${series} series: its registers are recorded, and nothing is concluded from them.`,
  },
  {
    // No core revision of a genuine part of XL density is public.
    when: (f, fired) => f.deviceId === XL_DENSITY && isSt(f.designer) && weakReads(fired).length > 0,
    says: () =>
      'The core revision of XL density is not confirmed in public; nothing can be concluded. Compare it with a reference board.',
  },
];

export function gateOf(facts: Facts, fired: readonly Fired[]): string | null {
  return GATES.find(({ when }) => when(facts, fired))?.says(facts) ?? null;
}
