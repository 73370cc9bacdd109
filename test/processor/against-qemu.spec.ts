import { runFromSource, sideBySide } from './from-source.ts';
import type { SeedResult } from './lockstep/run-seed.ts';
import { FORMS_16 } from './programs/forms-16.ts';
import { FORMS_32 } from './programs/forms-32.ts';
import { FORMS_MEMORY } from './programs/forms-memory.ts';

const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);
const GROUPS_A_SEED = 40;
const INSTRUCTIONS_AT_LEAST = 500_000;
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

let results: SeedResult[];

beforeAll(async () => {
  results = await sideBySide(SEEDS, (seed) =>
    runFromSource<SeedResult>('lockstep/run-seed.ts', [String(seed), String(GROUPS_A_SEED)]),
  );
});

function timesTested(name: string): number {
  return results.reduce((sum, { tested }) => sum + (tested[name] ?? 0), 0);
}

test.each(SEEDS)('program %i leaves every register as on QEMU after each instruction', (seed) => {
  const { difference } = results[seed - 1]!;
  if (difference !== null) throw new Error(difference);
});

test(`at least ${INSTRUCTIONS_AT_LEAST} instructions under test were executed and compared`, () => {
  const total = results.flatMap(({ tested }) => Object.values(tested)).reduce((sum, count) => sum + count, 0);
  console.info(`${total} instructions under test compared`);
  expect(total).toBeGreaterThanOrEqual(INSTRUCTIONS_AT_LEAST);
});

test(`every encoding was executed at least ${EACH_FORM_AT_LEAST} times`, () => {
  const names = [...FORMS_16, ...FORMS_32, ...FORMS_MEMORY].map(({ name }) => name).concat(OTHERS);
  const rare = names.filter((name) => timesTested(name) < EACH_FORM_AT_LEAST);
  expect(rare.map((name) => `${name}: ${timesTested(name)}`)).toEqual([]);
});
