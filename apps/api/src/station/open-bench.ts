import { findProbes, openUsbHost, type UsbBus } from '@boardwalk/probe';
import { createVirtualBench, VirtualBenchError, type VirtualBench } from '@boardwalk/virtual-bench';
import { StartError, type Configuration } from '../settings/configuration.ts';

/** The bench that the station works on. */
export interface OpenBench {
  readonly kind: 'usb' | 'virtual';
  readonly bus: UsbBus;
  readonly virtual: VirtualBench | null;
}

/** USB where an ST-LINK is there, else virtual; or as the configuration says. @throws StartError */
export async function openBench(configuration: Configuration): Promise<OpenBench> {
  if (configuration.bench !== 'virtual') {
    const bus = await openUsbHost();
    if (configuration.bench === 'usb' || (await findProbes(bus)).length > 0)
      return { kind: 'usb', bus, virtual: null };
    await bus.close();
  }
  try {
    const virtual = await createVirtualBench({
      boards: configuration.virtualBoards,
      dataDirectory: configuration.dataDirectory,
    });
    return { kind: 'virtual', bus: virtual.bus, virtual };
  } catch (cause) {
    if (cause instanceof VirtualBenchError)
      throw new StartError(3, `${cause.message} ${cause.remedy ?? ''}`.trim(), { cause });
    throw cause;
  }
}
