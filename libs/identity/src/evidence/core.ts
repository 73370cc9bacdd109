import { partNumberOf } from '@boardwalk/series';
import type { Facts } from '../facts.ts';
import { is, CORE_SOURCE, register, rows, type EvidenceRow } from './row.ts';

const DPIDR_R1 = 0x1ba01477;
const DPIDR_R2 = 0x2ba01477;
const APIDR_R1 = 0x14770011;
const APIDR_R2 = 0x24770011;
const CPUID_R1P1 = 0x411fc231;
const CPUID_R2 = [0x412fc230, 0x412fc231];
const group = 'core';
const needsAnother = true;

/** PARTNO of other cores: Cortex-M0, M0+, M4, M23 and M33. That of the M7 is one bit from the M3's, and nobody sells one for an F103. */
const OTHER_CORES = [0xc20, 0xc60, 0xc24, 0xd20, 0xd21];

const isOtherCore = ({ registers: { cpuid } }: Facts): boolean =>
  cpuid !== null && OTHER_CORES.includes(partNumberOf(cpuid));
const isUnknownCore = (f: Facts): boolean =>
  f.registers.cpuid !== null && !isOtherCore(f) && !is(f.registers.cpuid, CPUID_R1P1, ...CPUID_R2);

/** The revision of the core, in five places that agree on honest silicon: one piece of evidence, not five. */
export const CORE_EVIDENCE: readonly EvidenceRow[] = [
  ...rows(
    { group, read: register((f) => f.dpidr), expected: '0x1ba01477', ...CORE_SOURCE, needsAnother },
    ['DPIDR_R1', [1, 'A', 'supports'], (f) => f.dpidr === DPIDR_R1, 'the debug port is that of ST’s F103'],
    [
      'DPIDR_R2',
      [-3, 'A', 'specific'],
      (f) => f.dpidr === DPIDR_R2,
      'a newer debug port than any F103 of ST carries',
    ],
    [
      'DPIDR_ODD',
      [-4, 'B', 'odd'],
      (f) => f.dpidr !== null && !is(f.dpidr, DPIDR_R1, DPIDR_R2),
      'no F103 answers with this debug port',
    ],
  ),
  ...rows(
    { group, read: register((f) => f.apIdr), expected: '0x14770011', ...CORE_SOURCE, needsAnother },
    [
      'APIDR_R1',
      [1, 'A', 'supports'],
      (f) => f.apIdr === APIDR_R1,
      'the access port belongs to Cortex-M3 r1',
    ],
    [
      'APIDR_R2',
      [-3, 'A', 'specific'],
      (f) => f.apIdr === APIDR_R2,
      'the access port belongs to a newer core',
    ],
    [
      'APIDR_ODD',
      [-3, 'B', 'odd'],
      (f) => f.apIdr !== null && !is(f.apIdr, APIDR_R1, APIDR_R2),
      'no F103 answers with this access port',
    ],
  ),
  ...rows(
    {
      group,
      read: register((f) => f.registers.cpuid),
      expected: '0x411fc231',
      ...CORE_SOURCE,
      needsAnother,
    },
    [
      'CPUID_R1P1',
      [2, 'A', 'supports'],
      (f) => f.registers.cpuid === CPUID_R1P1,
      'Cortex-M3 r1p1, as in ST’s F103',
    ],
    [
      'CPUID_M3_R2',
      [-4, 'A', 'specific'],
      (f) => is(f.registers.cpuid, ...CPUID_R2),
      'Cortex-M3 r2, which ST never put into an F103',
    ],
    ['CPUID_NOT_M3', [-6, 'A', 'specific'], isOtherCore, 'the core is no Cortex-M3'],
    ['CPUID_ODD', [-3, 'B', 'odd'], isUnknownCore, 'a core that no known part of this kind has'],
  ),
  ...rows(
    {
      group,
      read: (f) => f.coreRow ?? 'no known row',
      expected: 'M3 r1p1',
      ...CORE_SOURCE,
      needsAnother,
    },
    [
      'COMP_R1P1',
      [2, 'A', 'supports'],
      (f) => f.coreRow === 'M3 r1p1',
      'the debug components are those of r1p1',
    ],
    [
      'COMP_OTHER',
      [-4, 'A', 'specific'],
      (f) => f.coreRow !== null && f.coreRow !== 'M3 r1p1',
      'the debug components are those of a newer core',
    ],
  ),
  ...rows(
    {
      ...{ group, read: register((f) => f.registers.vtorReadback), expected: '0x3fffff80', needsAnother },
      ...{ source: 'published measurement of register widths', cites: ['cortexM3'] },
    },
    [
      'VTOR_R2',
      [-4, 'B', 'specific'],
      (f) => f.registers.vtorReadback === 0xffffff80,
      'VTOR is as wide as in r2 and later cores',
    ],
  ),
];
