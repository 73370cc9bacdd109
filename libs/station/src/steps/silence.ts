import { ProbeError } from '@boardwalk/debug';
import { stepFailure, StepFailure } from '../request/reasons.ts';
import { inVolts, measureSupply, supplyFault } from '../link/supply.ts';
import type { StepContext } from './step-context.ts';

/** A failure to attach as the run's end: where nobody answers, the voltage tells whether that is the board. */
export async function explainSilence(cause: unknown, { link, facts }: StepContext): Promise<unknown> {
  if (!(cause instanceof ProbeError) || cause.code !== 'target.none') return cause;
  const { code, remedy } = cause;
  const measured = await link.targetVoltage().catch(() => null);
  const supply = await measureSupply(link, measured, false);
  facts.targetVoltage = supply.volts;
  const fault = supplyFault(supply);
  if (fault) return new StepFailure(fault.reason, fault, { stepCode: code, cause });
  if (supply.volts === null) return cause;
  const values = { volts: inVolts(supply.volts), why: cause.message, remedy };
  return stepFailure('no-target', values, { stepCode: code, cause });
}
