import { ProbeError } from '@boardwalk/debug';
import type { BoardLink, ChipSeen } from '../link/board-link.ts';
import {
  inVolts,
  isPowered,
  isWithinSupply,
  measureSupply,
  SUPPLY_LIMITS,
  type Supply,
} from '../link/supply.ts';

/** What a look at a socket shows without disturbing the board: no halt, no reset. */
export interface Presence {
  readonly firmware: string;
  /** Null: the probe does not measure. */
  readonly targetVoltage: number | null;
  readonly supply: Supply;
  /** Some voltage, but less than a chip works with. */
  readonly lowVoltage: boolean;
  /** Null: nobody answers. */
  readonly board: ChipSeen | null;
}

const LOOK_SPEED_KHZ = 1800;
/** Further tries before a board that was there counts as gone: one bad contact is not another board. */
const TRIES_FOR_A_KNOWN_BOARD = 2;

/**
 * Looks at one socket.
 * @param expected a board was there at the last look
 * @throws ProbeError when the probe itself fails
 */
export async function lookAt(link: BoardLink, expected: boolean): Promise<Presence> {
  const measured = await link.targetVoltage();
  const retries = expected ? TRIES_FOR_A_KNOWN_BOARD : 0;
  let board = await boardBehind(link, retries);
  // One that is being taken out, or whose pins bounce, answers and then says no more: it is asked once more, so that
  // it is not taken for another board. A chip that hides its unique id hides it again.
  if (board && (board.deviceId === null || board.uid === null)) board = await boardBehind(link, 0);
  const supply = await measureSupply(link, measured, board !== null);
  const { volts } = supply;
  const outside = volts !== null && isPowered(volts) && !isWithinSupply(volts);
  const lowVoltage = outside && volts < SUPPLY_LIMITS.min;
  return { firmware: link.firmware, targetVoltage: volts, supply, lowVoltage, board };
}

/** One sentence about the supply where something is to be said about it. */
export function voltageNote({ supply: { volts, unmeasured }, lowVoltage, board }: Presence): string | null {
  if (unmeasured) return unmeasured;
  if (lowVoltage) return `${inVolts(volts!)} at the target: check the contact or the supply.`;
  if (board && volts !== null && volts > SUPPLY_LIMITS.max && !isWithinSupply(volts))
    return `${inVolts(volts)} at the target, more than ${SUPPLY_LIMITS.max} V: take the board out and check the supply.`;
  return null;
}

async function boardBehind(link: BoardLink, retries: number): Promise<ChipSeen | null> {
  try {
    await link.connect({ mode: 'hot', speedKhz: LOOK_SPEED_KHZ, retries });
  } catch (cause) {
    if (cause instanceof ProbeError && cause.code.startsWith('target.')) return null;
    throw cause;
  }
  return link.look();
}
