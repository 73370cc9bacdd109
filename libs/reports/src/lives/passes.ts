import type { LifeFact, Outcome } from '@boardwalk/contracts';
import type { Life } from './run.ts';

/** Outcomes that tell of the station, not of the board. */
export const STATION_FAULTS: ReadonlySet<Outcome> = new Set(['ERROR', 'TIMEOUT']);

/** The answers to the questions that yields ask of a life. */
export const LIFE_FACTS: Readonly<Record<LifeFact, (life: Life) => boolean>> = {
  'first-pass': ({ first }) => first.outcome === 'PASS',
  'board-first': ({ first }) => !STATION_FAULTS.has(first.outcome),
  'second-pass': (life) => passedBy(life, 2),
  'third-pass': (life) => passedBy(life, 3),
  'last-pass': (life) => (life.later.at(-1) ?? life.first).outcome === 'PASS',
  failed: (life) => outcomesOf(life).includes('FAIL'),
  'passed-on-retest': (life) => passedOnRetest(life),
};

function outcomesOf({ first, later }: Life): Outcome[] {
  return [first.outcome, ...later.map(({ outcome }) => outcome)];
}

function passedBy({ first, later }: Life, attempts: number): boolean {
  return first.outcome === 'PASS' || later.slice(0, attempts - 1).some(({ outcome }) => outcome === 'PASS');
}

function passedOnRetest(life: Life): boolean {
  const outcomes = outcomesOf(life);
  const failed = outcomes.indexOf('FAIL');
  return failed !== -1 && outcomes.indexOf('PASS', failed) !== -1;
}
