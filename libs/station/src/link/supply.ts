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
export interface SupplyFault {
  readonly reason: 'no-power' | 'voltage-out-of-limits';
  readonly message: string;
  readonly remedy: string;
}

export function supplyFault({ volts }: Supply): SupplyFault | null {
  if (volts === null || isWithinSupply(volts)) return null;
  if (!isPowered(volts)) {
    return {
      reason: 'no-power',
      message: `${inVolts(volts)} at the target: no power reaches the board, or no board is in the socket.`,
      remedy: 'Put a board in, switch its supply on, and check the contact of VCC and GND.',
    };
  }
  const { min, max, absoluteMax } = SUPPLY_LIMITS;
  const beyond = volts > absoluteMax ? ` The chip survives ${absoluteMax.toFixed(1)} V at most.` : '';
  return {
    reason: 'voltage-out-of-limits',
    message: `The target voltage is ${inVolts(volts)}, outside ${min.toFixed(1)} to ${max.toFixed(1)} V, the limits of the chip.${beyond}`,
    remedy:
      volts > max
        ? 'Take the board out, and check its supply before the next one goes in.'
        : 'Check the contact and the board’s supply.',
  };
}
