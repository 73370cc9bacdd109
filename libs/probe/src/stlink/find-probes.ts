import type { UsbBus, UsbDevice } from '../usb/port.ts';
import { ST_LINK_PRODUCTS, ST_VENDOR_ID } from './products.ts';
import { repairSerial, type SerialState } from './serial.ts';

/** An ST-LINK seen on USB, not opened. */
export interface FoundProbe {
  readonly device: UsbDevice;
  readonly portPath: string;
  readonly vendorId: number;
  readonly productId: number;
  readonly model: string;
  readonly serial: string | null;
  readonly serialRaw: string | null;
  readonly serialState: SerialState;
}

/** Every ST-LINK on the bus, in port order; serials that occur twice are marked, since they name nobody. */
export async function findProbes(bus: UsbBus): Promise<FoundProbe[]> {
  const devices = await bus.devices();
  const found = devices.flatMap((device) => {
    const product = ST_LINK_PRODUCTS.get(device.productId);
    if (device.vendorId !== ST_VENDOR_ID || !product) return [];
    const { serial, raw, state } = repairSerial(device.serialNumber);
    const { portPath, vendorId, productId } = device;
    return [
      {
        device,
        portPath,
        vendorId,
        productId,
        model: product.model,
        serial,
        serialRaw: raw,
        serialState: state,
      },
    ];
  });
  found.sort((a, b) => comparePorts(a.portPath, b.portPath));
  return found.map((probe) => {
    const shared =
      probe.serial !== null && found.some((other) => other !== probe && other.serial === probe.serial);
    return shared ? { ...probe, serialState: 'duplicate' as const } : probe;
  });
}

/** Orders port paths as people count them: 1-2 before 1-10, 1-1.4 before 1-2. */
export function comparePorts(a: string, b: string): number {
  const numbers = (path: string): number[] => path.split(/[-.]/).map(Number);
  const [first, second] = [numbers(a), numbers(b)];
  for (let i = 0; i < Math.max(first.length, second.length); i += 1) {
    const difference = (first[i] ?? -1) - (second[i] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}
