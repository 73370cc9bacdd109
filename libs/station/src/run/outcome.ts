import type { Outcome, RecipeStep, StepRecord } from '@boardwalk/contracts';
import { REASONS, type Reason } from './reasons.ts';

/** How a run ended, from what its steps did. */
export interface RunEnd {
  readonly outcome: Outcome;
  readonly reason: Reason | null;
}

/** What the outcome looks at in a step: its record, and for `connect` how it attached. */
export interface StepEnd extends Pick<StepRecord, 'step' | 'state'> {
  readonly mode?: Extract<RecipeStep, { step: 'connect' }>['mode'];
}

/**
 * The outcome of a run: one pure function of its step records and of the reason that stopped it.
 *
 * PASS needs every step passed and, after the last step that could change the flash, a verify step that read it
 * after a reset. A run without steps, or without such a verify, is never PASS. Attaching `hot` resets nothing.
 */
export function outcomeOf(steps: readonly StepEnd[], stoppedBy: Reason | null): RunEnd {
  if (stoppedBy) return { outcome: REASONS[stoppedBy].outcome, reason: stoppedBy };
  if (steps.some(({ state }) => state !== 'passed')) return { outcome: 'ERROR', reason: 'station-failed' };
  if (!isProved(steps)) return { outcome: 'ERROR', reason: 'no-verify' };
  return { outcome: 'PASS', reason: null };
}

const CHANGES_FLASH: ReadonlySet<string> = new Set(['erase', 'program']);

function resets({ step, mode }: StepEnd): boolean {
  return step === 'reset' || (step === 'connect' && mode !== undefined && mode !== 'hot');
}

function isProved(steps: readonly StepEnd[]): boolean {
  const lastChange = steps.findLastIndex(({ step }) => CHANGES_FLASH.has(step));
  const verify = steps.findLastIndex(({ step }) => step === 'verify');
  if (verify < 0 || verify < lastChange) return false;
  return steps.slice(lastChange + 1, verify).some(resets);
}
