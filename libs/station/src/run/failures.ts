import { REFUSALS, refusalOf, type RunReason } from '@boardwalk/contracts';
import { StepFailure } from '../request/reasons.ts';

/** Any failure of a step as the end of its run: the table of refusals has the reason of each code. */
export function asStepFailure(cause: unknown): StepFailure {
  if (cause instanceof StepFailure) return cause;
  const refusal = refusalOf(cause);
  const reason = refusal && REFUSALS[refusal.code].run;
  if (refusal && reason)
    return new StepFailure(reason as RunReason, refusal.message, refusal.remedy, refusal.code, { cause });
  return new StepFailure(
    'station-failed',
    'The station failed inside this step.',
    'See the station’s log.',
    'station.internal',
    { cause },
  );
}
