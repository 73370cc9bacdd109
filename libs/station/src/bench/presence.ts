import { hex32 } from '@boardwalk/contracts';
import { flashSizeOf } from '@boardwalk/identity';
import { ProbeError, readDevice, readSignatureOf } from '@boardwalk/debug';
import { chipOf, uidText } from '@boardwalk/series';
import { openProbe, USUAL_REPEATS, type FoundProbe, type Probe } from '@boardwalk/probe';
import {
  inVolts,
  isPowered,
  isWithinSupply,
  measureSupply,
  SUPPLY_LIMITS,
  type Supply,
} from '../run/supply.ts';

/** What a look at a socket shows without disturbing the board: no halt, no reset. */
export interface Presence {
  readonly firmware: string;
  /** Null: the probe does not measure. */
  readonly targetVoltage: number | null;
  readonly supply: Supply;
  /** Some voltage, but less than a chip works with. */
  readonly lowVoltage: boolean;
  /** Null: nobody answers. */
  readonly board: {
    readonly dpidr: string;
    readonly deviceId: string | null;
    readonly uid: string | null;
    readonly flashSizeKib: number | null;
  } | null;
}

const LOOK_SPEED_KHZ = 1800;
/** Further tries before a board that was there counts as gone: one bad contact is not another board. */
const TRIES_FOR_A_KNOWN_BOARD = 2;

/**
 * Looks at one socket.
 * @param expected a board was there at the last look
 * @throws ProbeError when the probe itself fails
 */
export async function lookAt(found: FoundProbe, expected: boolean): Promise<Presence> {
  const probe = await openProbe(found.device, { repeats: USUAL_REPEATS });
  try {
    const measured = await probe.targetVoltage();
    const retries = expected ? TRIES_FOR_A_KNOWN_BOARD : 0;
    let board = await boardBehind(probe, retries);
    // One that is being taken out, or whose pins bounce, answers and then says no more: it is asked once more, so that
    // it is not taken for another board. A chip that hides its unique id hides it again.
    if (board && (board.deviceId === null || board.uid === null)) board = await boardBehind(probe, 0);
    const supply = await measureSupply(probe, measured, board !== null);
    const { volts } = supply;
    const outside = volts !== null && isPowered(volts) && !isWithinSupply(volts);
    const lowVoltage = outside && volts < SUPPLY_LIMITS.min;
    return { firmware: probe.firmware.text, targetVoltage: volts, supply, lowVoltage, board };
  } finally {
    await probe.close();
  }
}

/** One sentence about the supply where something is to be said about it. */
export function voltageNote({ supply: { volts, unmeasured }, lowVoltage, board }: Presence): string | null {
  if (unmeasured) return unmeasured;
  if (lowVoltage) return `${inVolts(volts!)} at the target: check the contact or the supply.`;
  if (board && volts !== null && volts > SUPPLY_LIMITS.max && !isWithinSupply(volts))
    return `${inVolts(volts)} at the target, more than ${SUPPLY_LIMITS.max} V: take the board out and check the supply.`;
  return null;
}

async function boardBehind(probe: Probe, retries: number): Promise<Presence['board']> {
  const target = await probe
    .attach({ connect: 'hot', speedKhz: LOOK_SPEED_KHZ, retries })
    .catch((cause: unknown) => {
      if (cause instanceof ProbeError && cause.code.startsWith('target.')) return null;
      throw cause;
    });
  if (!target) return null;
  const device = await readDevice(target).catch(() => null);
  const { series } = device ?? chipOf(target.cpuid, 0);
  const signature = await readSignatureOf(target, series).catch(() => null);
  return {
    dpidr: hex32(target.dpidr),
    deviceId: device === null ? null : hex32(device.idcode),
    uid: signature && !isBlank(signature.words) ? uidText(signature.uid) : null,
    flashSizeKib: signature ? flashSizeOf(signature.sizeWord) : null,
  };
}

/** Genuine parts that run too fast for their flash show the whole signature as ones. */
function isBlank(words: Uint32Array): boolean {
  return words.every((word) => word === 0xffffffff) || words.every((word) => word === 0);
}
