import { outcomeOf } from './outcome.ts';
import { REASONS, type Reason } from './reasons.ts';

const passed = (...steps: string[]) => steps.map((step) => ({ step, state: 'passed' as const }));
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
  const steps = [{ step: 'connect', state: 'passed' as const, mode }, ...passed('verify')];
  expect(outcomeOf(steps, null).outcome).toBe(outcome);
});

test.each(['running', 'failed', 'error', 'skipped'] as const)(
  'a step left %s keeps a run from PASS',
  (state) => {
    for (let i = 0; i < FULL.length; i += 1) {
      const steps = FULL.map((step, n) => ({ step, state: n === i ? state : ('passed' as const) }));
      expect(outcomeOf(steps, null).outcome).not.toBe('PASS');
    }
  },
);

test.each(Object.entries(REASONS))(
  '%s ends a run as its row says, whatever its steps did',
  (reason, { outcome }) => {
    expect(outcomeOf(passed(...FULL), reason as Reason)).toEqual({ outcome, reason });
  },
);
