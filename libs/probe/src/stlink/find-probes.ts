import { hexDigits } from '@boardwalk/contracts';
import type { UsbBus, UsbDevice } from '../usb/port.ts';
import { comparePorts } from '../usb/port-order.ts';
import { ST_LINK_PRODUCTS, ST_VENDOR_ID } from './products.ts';
import { repairSerial, type SerialState } from './serial.ts';

/** An ST-LINK seen on USB, not opened. */
export interface FoundProbe {
  readonly device: UsbDevice;
  readonly portPath: string;
  readonly vendorId: number;
  readonly productId: number;
  readonly model: string;
  /** 24 upper-case hex digits where they could be had; null without a serial. */
  readonly serial: string | null;
  /** What the device sent, in hex. */
  readonly serialRaw: string | null;
  readonly serialState: SerialState;
}

/** Every ST-LINK on the bus, in port order, with no I/O on any; serials that occur twice name nobody and are marked. */
export async function findProbes(bus: UsbBus): Promise<FoundProbe[]> {
  const found = (await bus.devices()).flatMap((device) => describeProbe(device) ?? []);
  found.sort((a, b) => comparePorts(a.portPath, b.portPath));
  const times = new Map<string, number>();
  for (const { serial } of found) if (serial !== null) times.set(serial, (times.get(serial) ?? 0) + 1);
  return found.map((probe) =>
    probe.serial !== null && times.get(probe.serial)! > 1 ? { ...probe, serialState: 'duplicate' } : probe,
  );
}

/** What a USB device is as a probe; null when it is no ST-LINK. */
export function describeProbe(device: UsbDevice): FoundProbe | null {
  const product = ST_LINK_PRODUCTS.get(device.productId);
  if (device.vendorId !== ST_VENDOR_ID || !product) return null;
  const { serial, raw, state } = repairSerial(device.serialNumber);
  const { portPath, vendorId, productId } = device;
  const { model } = product;
  return { device, portPath, vendorId, productId, model, serial, serialRaw: raw, serialState: state };
}

/** VID:PID, as `lsusb` writes it: `0483:3748`. */
export function usbIdOf({ vendorId, productId }: Pick<FoundProbe, 'vendorId' | 'productId'>): string {
  return `${hexDigits(vendorId, 4)}:${hexDigits(productId, 4)}`;
}
