import type { BenchChoice, BenchKind } from '@boardwalk/contracts';
import { findProbes, openUsbHost, type UsbBus } from '@boardwalk/probe';
import { createVirtualBench, type VirtualBench } from '@boardwalk/virtual-bench';

/** The bench that a program asks for. */
export interface BenchWish {
  readonly bench: BenchChoice;
  /** Board specs of a virtual bench, one slot each. */
  readonly boards: readonly string[];
  /** Virtual boards keep their unique ids here. */
  readonly dataDirectory: string;
}

/** An open bench. Its user closes the bus, which ends a virtual bench too. */
export interface OpenedBench {
  readonly kind: BenchKind;
  readonly bus: UsbBus;
  /** Null on USB. */
  readonly virtual: VirtualBench | null;
}

/**
 * Opens USB where an ST-LINK is there, else a virtual bench; or as `bench` says.
 * @param openUsb the host's USB unless another is given
 * @throws VirtualBenchError for a board spec that cannot be opened
 */
export async function openBench(
  { bench, boards, dataDirectory }: BenchWish,
  openUsb: () => Promise<UsbBus> = openUsbHost,
): Promise<OpenedBench> {
  if (bench !== 'virtual') {
    const bus = await openUsb();
    if (bench === 'usb' || (await hasProbes(bus))) return { kind: 'usb', bus, virtual: null };
    await bus.close();
  }
  const virtual = await createVirtualBench({ boards, dataDirectory });
  return { kind: 'virtual', bus: virtual.bus, virtual };
}

/** Closes the bus where it cannot be asked. */
async function hasProbes(bus: UsbBus): Promise<boolean> {
  try {
    return (await findProbes(bus)).length > 0;
  } catch (cause) {
    await bus.close();
    throw cause;
  }
}
