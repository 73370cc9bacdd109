import type { Assessment, Identity } from '@boardwalk/contracts';
import { factsOf } from '../facts.ts';
import { bucketOf, inBucketWords } from './times.ts';

/** The traits by which boards of a lot are compared. Never by digits of the unique id: each chip has its own. */
export const COHORT_TRAITS = {
  revision: { called: 'the device id and its revision', kind: 'same' },
  bootRom: { called: 'the SHA-256 of the boot ROM', kind: 'same' },
  core: { called: 'the revision of the core (CPUID)', kind: 'same' },
  family: { called: 'the family', kind: 'same' },
  eraseTime: { called: 'the time to erase a page', kind: 'range', unit: 'ms' },
  halfWordTime: { called: 'the time to program a half-word', kind: 'range', unit: 'µs' },
} as const satisfies Readonly<
  Record<string, { called: string; kind: 'same' } | { called: string; kind: 'range'; unit: string }>
>;

export type CohortTrait = keyof typeof COHORT_TRAITS;
export const COHORT_TRAIT_NAMES = Object.keys(COHORT_TRAITS) as CohortTrait[];
/** A value for each trait, as text; null: not read, or not reliably. */
export type CohortTraits = Readonly<Record<CohortTrait, string | null>>;

/** How long a chip took, as a run measured it; null: nothing was erased or programmed. */
export interface FlashTimes {
  readonly pageEraseMs: number | null;
  readonly halfWordUs: number | null;
}

export const NO_TRAITS: CohortTraits = {
  ...{ revision: null, bootRom: null, core: null, family: null },
  ...{ eraseTime: null, halfWordTime: null },
};

/** The family words of boards that resemble none. */
const FAMILY_WORDS = { consistent: 'consistent with ST', part: 'another part of ST', none: 'unidentified' };

/** The traits of an identity, by words that were really read. */
export function identityTraits(
  identity: Identity,
  assessment: Assessment,
): Omit<CohortTraits, 'eraseTime' | 'halfWordTime'> {
  const { registers, readProtected } = factsOf(identity, {});
  return {
    revision: registers.deviceId === null ? null : identity.deviceId,
    bootRom: readProtected ? null : identity.bootRomSha256,
    core: registers.cpuid === null ? null : identity.cpuid,
    family: familyOf(assessment),
  };
}

function familyOf({ verdict, resembles, difference }: Assessment): string | null {
  if (verdict === 'insufficient') return null;
  if (verdict === 'consistent') return FAMILY_WORDS.consistent;
  return difference === 'part' ? FAMILY_WORDS.part : (resembles ?? FAMILY_WORDS.none);
}

/** Times as steps of a quarter: a lot has few different ones, however many boards. */
export function timeTraits({
  pageEraseMs,
  halfWordUs,
}: FlashTimes): Pick<CohortTraits, 'eraseTime' | 'halfWordTime'> {
  return { eraseTime: bucketOf(pageEraseMs), halfWordTime: bucketOf(halfWordUs) };
}

/** A value as a person reads it. */
export function traitWords(trait: CohortTrait, value: string): string {
  const row = COHORT_TRAITS[trait];
  return row.kind === 'range' ? inBucketWords(value, row.unit) : value;
}
