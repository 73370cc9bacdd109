import { REFUSALS, refusalOf, type RunReason } from '@boardwalk/contracts';
import { stepFailure, StepFailure } from '../request/reasons.ts';

/** Any failure of a step as the end of its run: the table of refusals has the reason of each code. */
export function asStepFailure(cause: unknown): StepFailure {
  if (cause instanceof StepFailure) return cause;
  const refusal = refusalOf(cause);
  const reason = refusal && REFUSALS[refusal.code].run;
  if (refusal && reason)
    return new StepFailure(reason as RunReason, refusal, { stepCode: refusal.code, cause });
  return stepFailure('station-failed', {}, { stepCode: 'station.internal', cause });
}
