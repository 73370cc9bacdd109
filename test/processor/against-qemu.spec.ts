import { runFromSource, sideBySide } from './from-source.ts';
import type { MachineName } from './lockstep/machines.ts';
import type { SeedResult } from './lockstep/run-seed.ts';
import { FORMS_16 } from './programs/forms-16.ts';
import { FORMS_32 } from './programs/forms-32.ts';
import { FORMS_MEMORY } from './programs/forms-memory.ts';
import { FORMS_V6 } from './programs/v6m/control.ts';
import { ABSENT_NAMES } from './programs/v6m/faulting.ts';

const EACH_FORM_AT_LEAST = 100;

/** Beside the forms of data processing and memory: what branches, excepts, faults and returns. */
const OTHERS = [
  ...['B (T2)', 'B.W (T4)', 'BL', 'B<c> (T1)', 'B<c>.W (T3)', 'CBZ', 'CBNZ', 'BX', 'BLX (register)', 'TBB'],
  ...['TBH', 'MOV (register, T1) to PC', 'ADD (register, T2) to PC', 'POP (T1) to PC', 'LDMIA.W to PC'],
  ...['LDR.W (immediate) to PC', 'LDR.W (post-indexed) to PC', 'IT', 'PUSH (T1)', 'POP (T1)', 'PUSH.W (T2)'],
  ...[
    'POP.W (T2)',
    'STR (SP, T2)',
    'LDREX',
    'LDREXB',
    'LDREXH',
    'STREX',
    'STREXB',
    'STREXH',
    'CLREX',
    'MRS',
    'MSR (APSR)',
  ],
  ...['MSR (mask)', 'MSR (CONTROL)', 'MSR (stack pointer)', 'CPS (PRIMASK)', 'CPSID f', 'SVC', 'BKPT'],
  ...['POP.W to PC (exception return)', 'BX LR (exception return)', 'BX to an illegal EXC_RETURN'],
  ...['UDF (T1)', 'UDF (T2)', 'coprocessor', 'unmapped access', 'BX to an even address', 'BLX to nowhere'],
  ...['LDM unaligned', 'STM unaligned', 'LDRD unaligned', 'STRD unaligned', 'LDREX unaligned'],
];

/** The same of ARMv6-M. */
const OTHERS_V6 = [
  ...['B (T2)', 'B<c> (T1)', 'BL', 'BX', 'BLX (register)', 'MOV (register, T1) to PC'],
  ...[
    'ADD (register, T2) to PC',
    'POP (T1) to PC',
    'PUSH (T1)',
    'POP (T1)',
    'STR (SP, T2)',
    'ADD/SUB (SP, T2)',
  ],
  ...[
    'ADD (SP plus register, T2)',
    'MOV (register, T1) to SP',
    'MRS',
    'MSR (APSR)',
    'MSR (mask)',
    'MSR (CONTROL)',
  ],
  ...['MSR (stack pointer)', 'CPS (PRIMASK)', 'DSB', 'DMB', 'ISB', 'SVC', 'BKPT', 'UDF (T1)'],
  ...['LDR (system register)', 'STR (system register)', 'unmapped access', 'BX to an even address'],
  ...['BLX to nowhere', 'POP (T1) to PC (exception return)', 'BX LR (exception return)'],
  ...['LDR unaligned', 'STR unaligned', 'LDRH unaligned', 'STRH unaligned', 'LDM unaligned', 'STM unaligned'],
  ...ABSENT_NAMES,
];

interface Suite {
  readonly machine: MachineName;
  readonly seeds: number;
  readonly groups: number;
  readonly atLeast: number;
  readonly names: readonly string[];
}

const SUITES: readonly Suite[] = [
  {
    machine: 'cortex-m3',
    seeds: 20,
    groups: 100,
    atLeast: 500_000,
    names: [...FORMS_16, ...FORMS_32, ...FORMS_MEMORY].map(({ name }) => name).concat(OTHERS),
  },
  {
    machine: 'cortex-m0',
    seeds: 16,
    // The image must fit the 256 KiB of flash that QEMU's board has.
    groups: 60,
    atLeast: 150_000,
    names: FORMS_V6.map(({ name }) => name).concat(OTHERS_V6),
  },
];

describe.each(SUITES)('$machine', ({ machine, seeds: count, groups, atLeast, names }) => {
  const seeds = Array.from({ length: count }, (_, i) => i + 1);
  let results: SeedResult[];

  beforeAll(async () => {
    results = await sideBySide(seeds, (seed) =>
      runFromSource<SeedResult>('lockstep/run-seed.ts', [machine, String(seed), String(groups)]),
    );
  });

  const timesTested = (name: string): number =>
    results.reduce((sum, { tested }) => sum + (tested[name] ?? 0), 0);

  test.each(seeds)('program %i leaves every register as on QEMU after each instruction', (seed) => {
    const { difference } = results[seeds.indexOf(seed)]!;
    if (difference !== null) throw new Error(difference);
  });

  test(`at least ${atLeast} instructions under test were executed and compared`, () => {
    const total = results
      .flatMap(({ tested }) => Object.values(tested))
      .reduce((sum, tested) => sum + tested, 0);
    console.info(`${total} instructions under test compared on the ${machine}`);
    expect(total).toBeGreaterThanOrEqual(atLeast);
  });

  test(`every encoding was executed at least ${EACH_FORM_AT_LEAST} times`, () => {
    const rare = names.filter((name) => timesTested(name) < EACH_FORM_AT_LEAST);
    expect(rare.map((name) => `${name}: ${timesTested(name)}`)).toEqual([]);
  });
});
