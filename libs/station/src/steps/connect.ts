import { MEASURED, type StepOf } from '@boardwalk/contracts';
import { measureSupply, supplyFault, type Supply } from '../link/supply.ts';
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
  lacks: ({ mode }, { connects }) => (connects.includes(mode) ? null : `connect ${mode}`),
  perform,
};

async function perform(step: StepOf<'connect'>, context: StepContext): Promise<StepWords> {
  const { link, facts } = context;
  link.forget();
  const measured = await link.targetVoltage();
  await attach(step, context).catch(async (cause: unknown) => {
    throw await explainSilence(cause, context);
  });
  const supply = await measureSupply(link, measured, true);
  facts.targetVoltage = supply.volts;
  refuseSupply(supply);
  const slower = step.mode === 'hot' ? '' : await link.settle();
  const finding = await identifyEarly(context);
  const words = [`${link.describe()}, attached ${step.mode}.`, slower, supply.unmeasured ?? '', finding];
  return { detail: words.filter((word) => word !== '').join(' '), measurements: measurementsOf(supply) };
}

async function attach(step: StepOf<'connect'>, { link, facts, signal }: StepContext): Promise<void> {
  await link.connect({
    mode: step.mode,
    speedKhz: step.speedKhz,
    waitMs: step.waitSeconds * 1000,
    retries: ATTACH_RETRIES,
    signal,
  });
  facts.underReset = step.mode === 'under-reset';
}

function measurementsOf({ volts }: Supply): StepWords['measurements'] {
  if (volts === null) return [];
  return [{ ...MEASURED.targetVoltage, value: volts, min: null, max: null, inLimits: true }];
}

/** @throws StepFailure for a voltage that was measured out of the limits of the silicon */
function refuseSupply(supply: Supply): void {
  const fault = supplyFault(supply);
  if (fault) throw fault;
}
