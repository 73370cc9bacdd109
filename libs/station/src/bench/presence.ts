import { hex32 } from '@boardwalk/contracts';
import { openProbe, type FoundProbe } from '@boardwalk/probe';

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
    const target = await probe.attach({ connect: 'hot', speedKhz: LOOK_SPEED_KHZ }).catch(() => null);
    if (!target) return { firmware: probe.firmware.text, targetVoltage, board: null };
    const deviceId = await target.readWord(IDCODE).catch(() => null);
    const words = await target.readWords(SIGNATURE, 5).catch(() => null);
    return {
      firmware: probe.firmware.text,
      targetVoltage,
      board: {
        dpidr: hex32(target.dpidr),
        deviceId: deviceId === null ? null : hex32(deviceId),
        uid: words ? [2, 3, 4].map((i) => hex32(words[i]!).slice(2)).join('') : null,
        flashSizeKib: words ? words[0]! & 0xffff : null,
      },
    };
  } finally {
    await probe.close();
  }
}
