import { findProbes, openUsbHost, type UsbBus } from '@boardwalk/probe';
import { createVirtualBench, type VirtualBench } from '@boardwalk/virtual-bench';
import type { Configuration } from '../configuration.ts';

/** The bench that the station works on. */
export interface OpenBench {
  readonly kind: 'usb' | 'virtual';
  readonly bus: UsbBus;
  readonly virtual: VirtualBench | null;
}

/** USB if an ST-LINK is there, else virtual; or as the configuration says. @throws VirtualBenchError */
export async function openBench(configuration: Configuration): Promise<OpenBench> {
  if (configuration.bench !== 'virtual') {
    const bus = await openUsbHost();
    if (configuration.bench === 'usb' || (await findProbes(bus)).length > 0)
      return { kind: 'usb', bus, virtual: null };
    await bus.close();
  }
  const virtual = await createVirtualBench({
    boards: configuration.virtualBoards,
    dataDirectory: configuration.dataDirectory,
  });
  return { kind: 'virtual', bus: virtual.bus, virtual };
}
