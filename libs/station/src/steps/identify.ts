import { MEASURED, type Assessment, type Measurement, type StepOf } from '@boardwalk/contracts';
import { assess, expectationIn } from '@boardwalk/identity';
import { inVolts } from '../link/supply.ts';
import { stepFailure } from '../request/reasons.ts';
import { refuseWrongPart, statedBy } from './part.ts';
import type { StepContext, StepWords } from './step-context.ts';
import type { StepDefinition } from './step-definition.ts';

/** Reads what the chip is, says what that shows, and acts on a difference as the recipe says. */
export const identify: StepDefinition<'identify'> = {
  touches: 'nothing',
  resets: false,
  reads: 'identity',
  perform,
};

async function perform(step: StepOf<'identify'>, context: StepContext): Promise<StepWords> {
  const { facts, request } = context;
  const identity = await context.link.identify({
    targetVoltage: facts.targetVoltage,
    readUnderReset: facts.underReset,
    activeChecks: step.activeChecks ?? false,
  });
  const { part } = request.recipe;
  const assessment = assess(identity, expectationIn(part, step.expect));
  facts.identity = identity;
  facts.assessment = assessment;
  const finding = await context.onIdentified(identity, assessment);
  const measurements = voltageWithin(step, facts.targetVoltage);
  refuseWrongPart(statedBy(part), identity);
  refuseWrongPart({ ...step.expect, deviceIds: step.expect.deviceId }, identity);
  refuseDifference(step, assessment);
  const detail = `${identity.deviceId ?? 'device id not read'}: ${assessment.summary}`;
  return { detail: finding ? `${detail} ${finding}` : detail, measurements };
}

function voltageWithin(step: StepOf<'identify'>, volts: number | null): readonly Measurement[] {
  const limits = step.expect.targetVoltage;
  if (!limits) return [];
  if (volts === null) {
    throw stepFailure('voltage-not-measured', limits);
  }
  const inLimits = volts >= limits.min && volts <= limits.max;
  if (inLimits) return [{ ...MEASURED.targetVoltage, value: volts, ...limits, inLimits }];
  throw stepFailure('voltage-out-of-limits', { ...limits, volts: inVolts(volts) });
}

function refuseDifference(step: StepOf<'identify'>, assessment: Assessment): void {
  if (assessment.verdict !== 'differs' || step.onDiffers === 'accept') return;
  const { summary } = assessment;
  if (step.onDiffers === 'reject') throw stepFailure('identity-differs', { summary });
  throw stepFailure('identity-held', { summary });
}
