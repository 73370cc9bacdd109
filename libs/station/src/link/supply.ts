import { stepFailure, type StepFailure } from '../request/reasons.ts';

/** What measures the supply of a board. */
interface Meter {
  targetVoltage(): Promise<number | null>;
}

/** VDD of an STM32F103 in operation, volts (DS5319 5.3.1), and the most that it survives (DS5319 5.2). */
export const SUPPLY_LIMITS = { min: 2.0, max: 3.6, absoluteMax: 4.0 } as const;
/** Less than this is no supply, volts: what a floating pin or a clone without a sense wire shows. */
const POWERED_FROM = 0.5;
/** Samples that settle a first one out of limits. */
const FURTHER_SAMPLES = 2;

/** The supply of a board as its probe measures it. */
export interface Supply {
  /** Null: the probe does not measure. */
  readonly volts: number | null;
  /** One sentence where the probe claims a voltage that cannot be true; null otherwise. */
  readonly unmeasured: string | null;
}

/**
 * Settles a measured voltage: one sample out of limits is measured again, and the one in the middle counts.
 * @param answers a chip answers on SWD, so it has power whatever the probe reads
 */
export async function measureSupply(probe: Meter, first: number | null, answers: boolean): Promise<Supply> {
  if (first === null || isWithinSupply(first)) return { volts: first, unmeasured: null };
  const samples = [first];
  for (let i = 0; i < FURTHER_SAMPLES; i += 1) samples.push((await probe.targetVoltage()) ?? first);
  const volts = samples.sort((a, b) => a - b)[samples.length >> 1]!;
  if (isPowered(volts) || !answers) return { volts, unmeasured: null };
  const unmeasured = `The probe reads ${inVolts(volts)} while the chip answers: it does not measure the target voltage.`;
  return { volts: null, unmeasured };
}

export function isPowered(volts: number): boolean {
  return volts >= POWERED_FROM;
}

/** Compared to the hundredth of a volt that people read: no probe measures better. */
export function isWithinSupply(volts: number): boolean {
  const shown = Math.round(volts * 100) / 100;
  return shown >= SUPPLY_LIMITS.min && shown <= SUPPLY_LIMITS.max;
}

/** A voltage as people read it: `3.28 V`. */
export function inVolts(volts: number): string {
  return `${volts.toFixed(2)} V`;
}

/** Why no board is worked on with this supply; null when it is within the limits of the silicon or not measured. */
export function supplyFault({ volts }: Supply): SupplyFault | null {
  if (volts === null || isWithinSupply(volts)) return null;
  const shown = inVolts(volts);
  if (!isPowered(volts)) return stepFailure('no-power', { volts: shown }) as SupplyFault;
  const { min, max, absoluteMax } = SUPPLY_LIMITS;
  const values = { volts: shown, min: min.toFixed(1), max: max.toFixed(1), most: absoluteMax.toFixed(1) };
  return stepFailure(outOfLimits(volts), values) as SupplyFault;
}

function outOfLimits(volts: number) {
  if (volts > SUPPLY_LIMITS.absoluteMax) return 'voltage-out-of-limits:beyond';
  return volts > SUPPLY_LIMITS.max ? 'voltage-out-of-limits:high' : 'voltage-out-of-limits:low';
}

/** A supply that no board is worked on with. */
export type SupplyFault = StepFailure & { readonly reason: 'no-power' | 'voltage-out-of-limits' };
