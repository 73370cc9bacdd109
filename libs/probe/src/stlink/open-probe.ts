import { ProbeError, type ProbePlace } from '@boardwalk/debug';
import type { UsbDevice } from '../usb/port.ts';
import { decodeVersion, decodeVersionEx, type Firmware } from './firmware.ts';
import { describeProbe, type FoundProbe } from './find-probes.ts';
import { leaveMode } from './modes.ts';
import { Probe } from './probe.ts';
import { ST_LINK_PRODUCTS } from './products.ts';
import { StLinkWire } from './wire.ts';

const DEFAULT_TIMEOUT_MS = 1000;
/** The repeats in production: a lost answer does not make a board bad. */
export const USUAL_REPEATS = 2;

export interface OpenOptions {
  /** For each USB transfer. */
  readonly timeoutMs?: number;
  /** How often an exchange that does the same twice as once is sent again after it failed. Default 0. */
  readonly repeats?: number;
}

/**
 * Opens an ST-LINK, wherever its last user left it: stale replies are drained, a stalled endpoint is cleared, a
 * half-taken command is cured by a port reset, and whatever mode it is in is left.
 * @throws ProbeError that says what to do
 */
export async function openProbe(which: FoundProbe | UsbDevice, options: OpenOptions = {}): Promise<Probe> {
  const found = 'device' in which ? which : describeProbe(which);
  if (!found) throw new ProbeError('probe.unsupported:no-st-link', opening(which.portPath));
  const refusal = ST_LINK_PRODUCTS.get(found.productId)?.refusal;
  if (refusal) throw new ProbeError(refusal, opening(found.portPath));
  const wire = new StLinkWire(found.device, options.timeoutMs ?? DEFAULT_TIMEOUT_MS, options.repeats);
  try {
    await wire.open();
    const firmware = await readFirmware(wire, found.productId);
    await leaveMode(wire);
    return new Probe(wire, found, firmware);
  } catch (cause) {
    await wire.close();
    throw cause;
  }
}

async function readFirmware(wire: StLinkWire, productId: number): Promise<Firmware> {
  const version = decodeVersion(await wire.resync(), productId);
  const firmware =
    version.hardware >= 3
      ? decodeVersionEx(await wire.exchange([0xfb], 12, 'read the version', true))
      : version;
  if (firmware.hardware >= 2 && firmware.jtag > 0) return firmware;
  throw new ProbeError('probe.unsupported:firmware', {
    ...opening(wire.portPath),
    firmware: firmware.text,
  });
}

function opening(portPath: string): ProbePlace {
  return { portPath, operation: 'open the probe' };
}
