import { hex32, type StepOf } from '@boardwalk/contracts';
import { settleSpeed, type LineCheck } from '@boardwalk/debug';
import { StepFailure } from '../run/reasons.ts';
import { measureSupply, supplyFault, type Supply } from '../run/supply.ts';
import { identifyEarly } from './early-identity.ts';
import { explainSilence } from './silence.ts';
import type { StepContext, StepWords } from './step-context.ts';
import type { StepDefinition } from './step-definition.ts';

/** Further tries at attaching: one bad contact is not a bad board. */
export const ATTACH_RETRIES = 3;

/** Attaches to the board in the slot, and looks at its supply before anything is done to it. */
export const connect: StepDefinition<'connect'> = {
  touches: 'nothing',
  resets: ({ mode }) => mode !== 'hot',
  reads: 'nothing',
  perform,
};

async function perform(step: StepOf<'connect'>, context: StepContext): Promise<StepWords> {
  const { probe, facts } = context;
  facts.target = null;
  const measured = await probe.targetVoltage();
  await attach(step, context).catch(async (cause: unknown) => {
    throw await explainSilence(cause, context);
  });
  const supply = await measureSupply(probe, measured, true);
  facts.targetVoltage = supply.volts;
  refuseSupply(supply);
  const line = step.mode === 'hot' ? null : await settleSpeed(facts.target!);
  const finding = await identifyEarly(context);
  const words = [
    `DPIDR ${hex32(facts.target!.dpidr)}, SWD at ${probe.speedKhz} kHz, attached ${step.mode}.`,
    slowedDown(line),
    supply.unmeasured ?? '',
    finding,
  ];
  return { detail: words.filter((word) => word !== '').join(' '), measurements: measurementsOf(supply) };
}

async function attach(step: StepOf<'connect'>, { probe, facts, signal }: StepContext): Promise<void> {
  facts.target = await probe.attach({
    connect: step.mode,
    speedKhz: step.speedKhz,
    waitMs: step.waitSeconds * 1000,
    retries: ATTACH_RETRIES,
    signal,
  });
  facts.underReset = step.mode === 'under-reset';
}

function measurementsOf({ volts }: Supply): StepWords['measurements'] {
  if (volts === null) return [];
  return [{ name: 'target voltage', value: volts, unit: 'V', min: null, max: null, inLimits: true }];
}

/** @throws StepFailure for a voltage that was measured out of the limits of the silicon */
function refuseSupply(supply: Supply): void {
  const fault = supplyFault(supply);
  if (fault) throw new StepFailure(fault.reason, fault.message, fault.remedy);
}

function slowedDown(line: LineCheck | null): string {
  if (!line || line.failed.length === 0) return '';
  return `The line does not carry ${line.askedKhz} kHz: ${line.failed[0]!.because}`;
}
