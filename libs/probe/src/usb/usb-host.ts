import { HostUsbDevice } from './host-device.ts';
import { linuxPortPath, readFacts, type HostFacts } from './host-facts.ts';
import { asPortError, messageOf } from './host-messages.ts';
import type { HostDevice, HostUsb } from './host-types.ts';
import { HostWatch } from './host-watch.ts';
import type { UsbBus, UsbDevice } from './port.ts';
import { comparePorts } from './port-order.ts';

/** The USB of this machine, through npm `usb`. A machine without USB is an empty bus, no error. */
export async function openUsbHost(): Promise<UsbBus> {
  const { usb } = (await import('usb')) as unknown as { usb: HostUsb };
  return new UsbHost(usb);
}

export class UsbHost implements UsbBus {
  readonly #usb: HostUsb;
  readonly #watch: HostWatch;
  /** By place and address (which changes at each replug): a probe that answers slowly is asked once. */
  #facts = new Map<string, HostFacts>();

  constructor(usb: HostUsb) {
    this.#usb = usb;
    this.#watch = new HostWatch(usb, async () => (await this.#list())?.map(placeOf).sort().join() ?? null);
  }

  async devices(): Promise<UsbDevice[]> {
    const known = this.#facts;
    const facts = new Map<string, HostFacts>();
    const devices = ((await this.#list()) ?? []).map((device) => {
      const place = placeOf(device);
      const found = known.get(place) ?? readFacts(device);
      facts.set(place, found);
      return new HostUsbDevice(device, found);
    });
    this.#facts = facts;
    return devices.sort((a, b) => comparePorts(a.portPath, b.portPath));
  }

  onChange(listener: () => void): () => void {
    return this.#watch.add(listener);
  }

  async close(): Promise<void> {
    this.#watch.close();
  }

  /** Null on a machine without USB: containers and boards without a controller have no such folder. */
  async #list(): Promise<HostDevice[] | null> {
    try {
      return await this.#usb.getDevices();
    } catch (cause) {
      if (messageOf(cause).includes('/sys/bus/usb')) return null;
      throw asPortError(cause);
    }
  }
}

function placeOf(device: HostDevice): string {
  return `${linuxPortPath(device.bus, device.ports)}@${device.address}`;
}
