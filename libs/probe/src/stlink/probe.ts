import { ProbeError } from '../errors.ts';
import { attach, type AttachOptions } from '../target/attach.ts';
import type { Target } from '../target/target.ts';
import type { UsbClock, UsbDevice } from '../usb/port.ts';
import {
  capabilitiesOf,
  decodeVersion,
  decodeVersionEx,
  type Capabilities,
  type Firmware,
} from './firmware.ts';
import { fastestNotAbove, V2_SPEEDS } from './speeds.ts';
import { StLinkWire } from './wire.ts';

const MODE_DFU = 0;
const MODE_DEBUG = 2;
const MODE_SWIM = 3;
/** How each mode is left; 1 (idle) and 4 (bootloader) need nothing. */
const EXIT: Readonly<Record<number, readonly number[]>> = {
  [MODE_DFU]: [0xf3, 0x07],
  [MODE_DEBUG]: [0xf2, 0x21],
  [MODE_SWIM]: [0xf4, 0x01],
};
const DEFAULT_TIMEOUT_MS = 1000;

export interface OpenOptions {
  /** For each transfer. */
  readonly timeoutMs?: number;
}

/**
 * Opens an ST-LINK, wherever its last user left it: stale replies are drained, a stalled endpoint is cleared, a
 * half-taken command is cured by a port reset, and whatever mode it is in is left.
 * @throws ProbeError that says what to do
 */
export async function openProbe(device: UsbDevice, options: OpenOptions = {}): Promise<Probe> {
  const wire = new StLinkWire(device, options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  await wire.open();
  try {
    const firmware = await readFirmware(wire, device.productId);
    const probe = new Probe(wire, firmware);
    await probe.leaveMode();
    return probe;
  } catch (cause) {
    await wire.close();
    throw cause;
  }
}

async function readFirmware(wire: StLinkWire, productId: number): Promise<Firmware> {
  const reply = await inStep(wire);
  const view = new DataView(reply.buffer, reply.byteOffset, 6);
  const version = decodeVersion(view, productId);
  const firmware =
    version.hardware >= 3 ? decodeVersionEx(await wire.exchange([0xfb], 12, 'read the version')) : version;
  if (firmware.hardware < 2 || firmware.jtag === 0) {
    throw new ProbeError(
      'probe.unsupported',
      `Probe ${wire.portPath}: firmware ${firmware.text} cannot debug an STM32.`,
      {
        portPath: wire.portPath,
        operation: 'read the version',
        remedy: 'Update it with ST’s STSW-LINK007 tool; some clones refuse or break, then replace the probe.',
      },
    );
  }
  return firmware;
}

/** Brings the channel into step: the version is asked until it comes whole; a port reset is the last resort. */
async function inStep(wire: StLinkWire): Promise<Uint8Array> {
  const attempts: (() => Promise<void>)[] = [
    async () => undefined,
    () => wire.clearHalt(),
    () => wire.recover(),
  ];
  let last: unknown = null;
  for (const prepare of attempts) {
    try {
      await prepare();
      const reply = await wire.probeReply([0xf1]);
      if (last !== null) await wire.drain();
      if (reply) return reply;
    } catch (cause) {
      if (cause instanceof ProbeError && cause.code !== 'probe.no_answer' && cause.code !== 'probe.protocol')
        throw cause;
      last = cause;
    }
  }
  throw new ProbeError(
    'probe.no_answer',
    `Probe ${wire.portPath}: the probe does not answer, even after a USB reset.`,
    {
      portPath: wire.portPath,
      operation: 'resync',
      remedy: 'Unplug the probe and plug it in again.',
      cause: last,
    },
  );
}

/** An open ST-LINK. Close it when done: the claim is what keeps others away. */
export class Probe {
  readonly capabilities: Capabilities;
  speedKhz: number | null = null;

  constructor(
    readonly wire: StLinkWire,
    readonly firmware: Firmware,
  ) {
    this.capabilities = capabilitiesOf(firmware);
  }

  get portPath(): string {
    return this.wire.portPath;
  }

  get clock(): UsbClock {
    return this.wire.clock;
  }

  /** Volts at the probe's VTref pin; null where the firmware cannot measure or has no reference. */
  async targetVoltage(): Promise<number | null> {
    if (!this.capabilities.targetVoltage) return null;
    const reply = await this.wire.exchange([0xf7], 8, 'read the target voltage');
    const reference = reply.getUint32(0, true);
    if (reference === 0) return null;
    return Math.round((2400 * reply.getUint32(4, true)) / reference) / 1000;
  }

  /** Sets the SWD clock to the probe's fastest not above `khz`; resolves with what it is now. */
  async setSpeed(khz: number): Promise<number> {
    const operation = `set the SWD clock to ${khz} kHz`;
    if (this.capabilities.comFrequency) {
      const list = await this.#comFrequencies();
      const { khz: chosen } = fastestNotAbove(
        list.map((each) => ({ khz: each })),
        khz,
      );
      const command = [0xf2, 0x61, 0, 0, chosen & 0xff, (chosen >>> 8) & 0xff, (chosen >>> 16) & 0xff, 0];
      const reply = await this.wire.command(command, 8, operation);
      return (this.speedKhz = reply.getUint32(4, true));
    }
    // Firmware before J22 knows one clock only: 1.8 MHz.
    if (!this.capabilities.swdDivisor) return (this.speedKhz = 1800);
    const { khz: chosen, divisor } = fastestNotAbove(V2_SPEEDS, khz);
    await this.wire.command([0xf2, 0x43, divisor & 0xff, divisor >>> 8], 2, operation);
    return (this.speedKhz = chosen);
  }

  async #comFrequencies(): Promise<number[]> {
    const reply = await this.wire.command([0xf2, 0x62, 0], 52, 'list the SWD clocks');
    const count = Math.min(reply.getUint32(8, true), 10);
    return Array.from({ length: count }, (_, i) => reply.getUint32(12 + i * 4, true)).sort((a, b) => b - a);
  }

  /** Attaches to the target in the socket. @throws ProbeError `target.none` when nobody answers */
  attach(options: AttachOptions): Promise<Target> {
    return attach(this, options);
  }

  async driveReset(level: 'low' | 'high' | 'pulse'): Promise<void> {
    const action = { low: 0, high: 1, pulse: 2 }[level];
    await this.wire.command([0xf2, 0x3c, action], 2, `drive nRST ${level}`);
  }

  /** Enters SWD; the debug port is powered, access port 0 opened. */
  async enterSwd(): Promise<void> {
    await this.wire.command([0xf2, 0x30, 0xa3], 2, 'enter SWD');
    if (this.capabilities.accessPorts)
      await this.wire.command([0xf2, 0x4b, 0x00, 0x00], 2, 'open access port 0');
  }

  async leaveMode(): Promise<void> {
    const mode = (await this.wire.exchange([0xf5], 2, 'read the mode')).getUint8(0);
    const exit = EXIT[mode];
    // A V3 hangs on the debug exit outside debug mode, so only the mode that is on is left.
    if (exit) await this.wire.send(exit, 'leave the mode');
  }

  async close(): Promise<void> {
    await this.leaveMode().catch(() => undefined);
    await this.wire.close();
  }
}
