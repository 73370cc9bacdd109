import type { HostDevice } from './host-types.ts';
import type { UsbDevice, UsbEndpointDescription, UsbInterfaceDescription } from './port.ts';

/** What a device says of itself, read once: its getters may do I/O on a bad probe, and may throw. */
export interface HostFacts {
  readonly serialNumber: string | undefined;
  readonly manufacturerName: string | undefined;
  readonly productName: string | undefined;
  readonly interfaces: readonly UsbInterfaceDescription[];
}

/** Linux's name of a port: bus "001" and chain [4, 2] are `1-4.2`; a root hub has no chain and is `usb1`. */
export function linuxPortPath(bus: string, ports: readonly number[]): string {
  const number = Number.parseInt(bus, 10);
  return ports.length === 0 ? `usb${number}` : `${number}-${ports.join('.')}`;
}

const SPEEDS: readonly UsbDevice['speed'][] = ['low', 'full', 'high', 'super'];

export function speedOf(speed: string | undefined): UsbDevice['speed'] {
  if (speed === 'superPlus') return 'super';
  return SPEEDS.find((each) => each === speed) ?? 'full';
}

export function readFacts(device: HostDevice): HostFacts {
  return {
    serialNumber: attempt(() => device.serialNumber) || undefined,
    manufacturerName: attempt(() => device.manufacturerName) || undefined,
    productName: attempt(() => device.productName) || undefined,
    interfaces: attempt(() => interfacesOf(device)) ?? [],
  };
}

/** One bad probe must not hide the others: a getter that throws has nothing to say. */
function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function interfacesOf(device: HostDevice): UsbInterfaceDescription[] {
  return (device.configurations[0]?.interfaces ?? []).flatMap(({ interfaceNumber, alternates }) => {
    const [alternate] = alternates;
    if (!alternate) return [];
    const { interfaceClass, interfaceSubclass, interfaceProtocol } = alternate;
    const endpoints = alternate.endpoints.map(endpointOf);
    return [{ interfaceNumber, interfaceClass, interfaceSubclass, interfaceProtocol, endpoints }];
  });
}

function endpointOf(endpoint: {
  readonly endpointNumber: number;
  readonly direction: string;
  readonly type: string;
  readonly packetSize: number;
}): UsbEndpointDescription {
  return {
    endpointNumber: endpoint.endpointNumber & 0x7f,
    direction: endpoint.direction === 'in' ? 'in' : 'out',
    type: endpoint.type as UsbEndpointDescription['type'],
    packetSize: endpoint.packetSize,
  };
}
