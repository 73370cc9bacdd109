import {
  type Outcome,
  type RecipeStep,
  type StepRecord,
  RUN_ROWS,
  type RunReason,
} from '@boardwalk/contracts';
import { effectsOf } from '../steps/registry.ts';

/** How a run ended, from what its steps did. */
export interface RunEnd {
  readonly outcome: Outcome;
  readonly reason: RunReason | null;
}

/** What the outcome looks at in a step: what the recipe asked, and how that ended. */
export interface StepEnd {
  readonly step: RecipeStep;
  readonly state: StepRecord['state'];
}

/**
 * The outcome of a run: one pure function of its step records and of the reason that stopped it.
 *
 * PASS needs every step passed and, after the last step that could change the flash, a verify step that read it
 * after a reset. A run without steps, or without such a verify, is never PASS. Attaching `hot` resets nothing.
 */
export function outcomeOf(steps: readonly StepEnd[], stoppedBy: RunReason | null): RunEnd {
  if (stoppedBy) return { outcome: RUN_ROWS[stoppedBy].outcome, reason: stoppedBy };
  if (steps.some(({ state }) => state !== 'passed')) return { outcome: 'ERROR', reason: 'station-failed' };
  if (!isProved(steps)) return { outcome: 'ERROR', reason: 'no-verify' };
  return { outcome: 'PASS', reason: null };
}

function isProved(steps: readonly StepEnd[]): boolean {
  const effects = steps.map(({ step }) => effectsOf(step));
  const lastChange = effects.findLastIndex(({ touches }) => touches === 'flash');
  const proof = effects.findLastIndex(({ reads }) => reads === 'proof');
  if (proof < 0 || proof < lastChange) return false;
  return effects.slice(lastChange + 1, proof).some(({ resets }) => resets);
}
