import type { Facts } from './facts.ts';

interface FamilyRow {
  readonly family: string;
  readonly when: (facts: Facts, ids: ReadonlySet<string>) => boolean;
}

const ARM_GENERIC_PART = 0x4c3;

/** Families by fingerprint, first match wins (public measurements of named parts). */
const FAMILIES: readonly FamilyRow[] = [
  {
    family: 'GD32F1',
    when: ({ designer }, ids) =>
      (designer?.id === 0x51 && designer.bank === 7) || ids.has('FMC_PID') || ids.has('REV_GD'),
  },
  { family: 'AT32F4', when: ({ revision }) => revision === 0x7003 || revision === 0x7005 },
  {
    family: 'HK32F103',
    when: ({ designer }) =>
      designer !== null && !designer.jedec && designer.id === 0x55 && designer.bank === 5,
  },
  { family: 'FMD', when: ({ designer }) => designer?.id === 0x0e && designer.bank === 8 },
  {
    family: 'CH32F103',
    when: ({ revision }, ids) =>
      ids.has('UID_CH32') || ids.has('AHB_BIT12') || (ids.has('VENDOR_ARM') && revision === 0x2000),
  },
  { family: 'MH2103/AIR32F103', when: (_facts, ids) => ids.has('UID_AIR32') || ids.has('PRIO_BITS') },
  {
    family: 'APM32F103',
    when: (facts, ids) => ids.has('AHB_BIT3') || (isGenericR2p1(facts, ids) && facts.etmListed === false),
  },
  { family: 'CKS32/CS32F103', when: (facts, ids) => isGenericR2p1(facts, ids) && facts.etmListed === true },
  {
    family: 'an unidentified Cortex-M4 part',
    when: ({ cpuid }) => cpuid !== null && ((cpuid >>> 4) & 0xfff) === 0xc24,
  },
  { family: 'relabelled ST STM32F1', when: (_facts, ids) => ids.has('VENDOR_ST') && ids.has('CPUID_R1P1') },
];

function isGenericR2p1({ designer, cpuid }: Facts, ids: ReadonlySet<string>): boolean {
  return ids.has('VENDOR_ARM') && designer?.part === ARM_GENERIC_PART && cpuid === 0x412fc231;
}

/** The family whose fingerprint an identity resembles; null when it resembles none. */
export function resembledFamily(facts: Facts, ids: ReadonlySet<string>): string | null {
  return FAMILIES.find(({ when }) => when(facts, ids))?.family ?? null;
}
