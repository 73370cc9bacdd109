import { hex32, type StepOf } from '@boardwalk/contracts';
import { settleSpeed, type LineCheck } from '@boardwalk/probe';
import type { StepContext, StepWords } from './step-context.ts';

/** Attaches to the board in the slot. */
export async function connect(step: StepOf<'connect'>, context: StepContext): Promise<StepWords> {
  const { probe, facts, signal } = context;
  facts.targetVoltage = await probe.targetVoltage();
  facts.target = await probe.attach({
    connect: step.mode,
    speedKhz: step.speedKhz,
    waitMs: step.waitSeconds * 1000,
    signal,
  });
  facts.underReset = step.mode === 'under-reset';
  const line = step.mode === 'hot' ? null : await settleSpeed(facts.target);
  const volts = facts.targetVoltage;
  return {
    detail: `DPIDR ${hex32(facts.target.dpidr)}, SWD at ${probe.speedKhz} kHz, attached ${step.mode}.${slowedDown(line)}`,
    measurements:
      volts === null
        ? []
        : [{ name: 'target voltage', value: volts, unit: 'V', min: null, max: null, inLimits: true }],
  };
}

function slowedDown(line: LineCheck | null): string {
  if (!line || line.failed.length === 0) return '';
  return ` The line does not carry ${line.askedKhz} kHz: ${line.failed[0]!.because}`;
}
