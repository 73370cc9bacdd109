import { RecipeStep, type StepRecord, RUN_ROWS, type RunReason } from '@boardwalk/contracts';
import { outcomeOf, type StepEnd } from './outcome.ts';

type Given = string | { readonly step: string; readonly [field: string]: unknown };

const asked = (step: Given): RecipeStep =>
  RecipeStep.parse(typeof step === 'string' ? (FIELDS[step] ?? { step }) : step);
const ended = (step: Given, state: StepRecord['state']): StepEnd => ({ step: asked(step), state });
const passed = (...steps: Given[]): StepEnd[] => steps.map((step) => ended(step, 'passed'));

/** Steps that have no default for each of their fields. */
const FIELDS: Readonly<Record<string, Given>> = {
  options: { step: 'options', set: { DATA0: 1 } },
  expectUsb: { step: 'expectUsb', usbId: '0483:5740' },
};
const FULL = ['connect', 'identify', 'dump', 'erase', 'program', 'reset', 'verify', 'dump', 'reset'];

test('a full run whose steps all passed is PASS', () => {
  expect(outcomeOf(passed(...FULL), null)).toEqual({ outcome: 'PASS', reason: null });
});

test.each([
  ['no steps', []],
  ['no verify', ['connect', 'erase', 'program', 'reset']],
  ['a verify before programming', ['connect', 'verify', 'erase', 'program', 'reset']],
  ['a verify without a reset since programming', ['connect', 'erase', 'program', 'verify', 'reset']],
])('a run with %s is never PASS', (_name, steps) => {
  expect(outcomeOf(passed(...steps), null)).toEqual({ outcome: 'ERROR', reason: 'no-verify' });
});

test.each([
  ['under-reset', 'PASS'],
  ['normal', 'PASS'],
  ['hot', 'ERROR'],
] as const)('a run that only verifies after connecting %s is %s: hot resets nothing', (mode, outcome) => {
  expect(outcomeOf(passed({ step: 'connect', mode }, 'verify'), null).outcome).toBe(outcome);
});

test.each(['running', 'failed', 'error', 'skipped'] as const)(
  'a step left %s keeps a run from PASS',
  (state) => {
    for (let i = 0; i < FULL.length; i += 1) {
      const steps = FULL.map((step, n) => ended(step, n === i ? state : 'passed'));
      expect(outcomeOf(steps, null).outcome).not.toBe('PASS');
    }
  },
);

test.each(Object.entries(RUN_ROWS))(
  '%s ends a run as its row says, whatever its steps did',
  (reason, { outcome }) => {
    expect(outcomeOf(passed(...FULL), reason as RunReason)).toEqual({ outcome, reason });
  },
);
