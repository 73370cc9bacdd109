import { RecipeStep } from '@boardwalk/contracts';
import fc from 'fast-check';
import { outcomeOf } from './outcome.ts';

const SEED = Number(process.env['BOARDWALK_SEED'] ?? 20_261_127);
const LONG_RUNS = 20_000;

/** One letter for each kind of step that differs in what the promise is about. */
const KINDS: Readonly<Record<string, object>> = {
  R: { step: 'reset' },
  U: { step: 'connect', mode: 'under-reset' },
  N: { step: 'connect', mode: 'normal' },
  H: { step: 'connect', mode: 'hot' },
  E: { step: 'erase' },
  P: { step: 'program' },
  V: { step: 'verify' },
  D: { step: 'dump' },
  I: { step: 'identify' },
  O: { step: 'options', set: { DATA0: 1 } },
  L: { step: 'protect' },
  X: { step: 'expectUsb', usbId: '0483:5740' },
};
const PARSED = new Map(Object.entries(KINDS).map(([letter, step]) => [letter, RecipeStep.parse(step)]));
const LETTERS = [...PARSED.keys()];

/**
 * The promise in other words than the code's: reading backwards, the run ends in steps that leave flash alone, one of
 * them a verify, and a reset comes before that verify and after the last change.
 */
function oracle(run: string): boolean {
  return /[RUNOX][^EP]*V[^EP]*$/.test(run);
}

function isPass(run: string): boolean {
  const steps = [...run].map((letter) => ({ step: PARSED.get(letter)!, state: 'passed' as const }));
  return outcomeOf(steps, null).outcome === 'PASS';
}

function* runsOf(length: number): Generator<string> {
  if (length === 0) yield '';
  else for (const run of runsOf(length - 1)) for (const letter of LETTERS) yield run + letter;
}

test('every run of up to five steps is PASS when, and only when, it read its flash after a reset', () => {
  const wrong: string[] = [];
  let runs = 0;
  for (let length = 0; length <= 5; length += 1)
    for (const run of runsOf(length)) {
      runs += 1;
      if (isPass(run) !== oracle(run)) wrong.push(run);
    }
  expect(wrong.slice(0, 5)).toEqual([]);
  expect(runs).toBe([0, 1, 2, 3, 4, 5].reduce((sum, length) => sum + LETTERS.length ** length, 0));
});

test('longer runs too', () => {
  const run = fc.array(fc.constantFrom(...LETTERS), { minLength: 6, maxLength: 32 });
  fc.assert(
    fc.property(run, (letters) => isPass(letters.join('')) === oracle(letters.join(''))),
    { seed: SEED, numRuns: LONG_RUNS },
  );
});
