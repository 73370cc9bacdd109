import { MEASURED, type Assessment, type Measurement, type StepOf } from '@boardwalk/contracts';
import { assess, expectationIn } from '@boardwalk/identity';
import { StepFailure } from '../request/reasons.ts';
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
    throw new StepFailure(
      'voltage-not-measured',
      `The target voltage was not measured; the recipe asks for ${limits.min} to ${limits.max} V.`,
      'Use a probe that measures it, or take the limit out of the recipe.',
    );
  }
  const inLimits = volts >= limits.min && volts <= limits.max;
  if (inLimits) return [{ ...MEASURED.targetVoltage, value: volts, ...limits, inLimits }];
  throw new StepFailure(
    'voltage-out-of-limits',
    `The target voltage is ${volts.toFixed(2)} V, outside ${limits.min} to ${limits.max} V.`,
    'Check the board’s supply and the pogo pins.',
  );
}

function refuseDifference(step: StepOf<'identify'>, assessment: Assessment): void {
  if (assessment.verdict !== 'differs' || step.onDiffers === 'accept') return;
  if (step.onDiffers === 'reject') {
    throw new StepFailure(
      'identity-differs',
      assessment.summary,
      'Set the board aside; its flash was not touched.',
    );
  }
  throw new StepFailure(
    'identity-held',
    assessment.summary,
    'Hold the board for the quality manager; its flash was not touched.',
  );
}
