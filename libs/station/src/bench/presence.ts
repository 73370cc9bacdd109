import { hex32 } from '@boardwalk/contracts';
import { openProbe, type FoundProbe, type Probe } from '@boardwalk/probe';

/** What a look at a socket shows without disturbing the board: no halt, no reset. */
export interface Presence {
  readonly firmware: string;
  readonly targetVoltage: number | null;
  /** Null: nobody answers. */
  readonly board: {
    readonly dpidr: string;
    readonly deviceId: string | null;
    readonly uid: string | null;
    readonly flashSizeKib: number | null;
  } | null;
}

const IDCODE = 0xe0042000;
const SIGNATURE = 0x1ffff7e0;
const LOOK_SPEED_KHZ = 1800;

/** Looks at one socket. @throws ProbeError when the probe itself fails */
export async function lookAt(found: FoundProbe): Promise<Presence> {
  const probe = await openProbe(found.device);
  try {
    const targetVoltage = await probe.targetVoltage();
    let board = await boardBehind(probe);
    // One that is being taken out, or whose pins bounce, answers and then says no more: it is asked once more, so that
    // it is not taken for another board. A chip that hides its unique id hides it again.
    if (board && (board.deviceId === null || board.uid === null)) board = await boardBehind(probe);
    return { firmware: probe.firmware.text, targetVoltage, board };
  } finally {
    await probe.close();
  }
}

async function boardBehind(probe: Probe): Promise<Presence['board']> {
  const target = await probe.attach({ connect: 'hot', speedKhz: LOOK_SPEED_KHZ }).catch(() => null);
  if (!target) return null;
  const deviceId = await target.readWord(IDCODE).catch(() => null);
  const words = await target.readWords(SIGNATURE, 5).catch(() => null);
  return {
    dpidr: hex32(target.dpidr),
    deviceId: deviceId === null ? null : hex32(deviceId),
    uid: words ? [2, 3, 4].map((i) => hex32(words[i]!).slice(2)).join('') : null,
    flashSizeKib: words ? words[0]! & 0xffff : null,
  };
}
