import type {
  UsbBus,
  UsbClock,
  UsbControlSetup,
  UsbDevice,
  UsbErrorCode,
  UsbInterfaceDescription,
} from './port.ts';

/** What npm `usb` offers of a device beyond WebUSB's types: bus, port chain, and a timeout per transfer. */
interface HostDevice {
  readonly bus: string;
  readonly ports: readonly number[];
  readonly speed?: string;
  readonly vendorId: number;
  readonly productId: number;
  readonly deviceVersionMajor: number;
  readonly deviceVersionMinor: number;
  readonly deviceVersionSubminor: number;
  readonly serialNumber?: string;
  readonly manufacturerName?: string;
  readonly productName?: string;
  readonly configurations: readonly USBConfigurationShape[];
  open(): Promise<void>;
  close(): Promise<void>;
  selectConfiguration(value: number): Promise<void>;
  claimInterface(value: number): Promise<void>;
  releaseInterface(value: number): Promise<void>;
  transferIn(endpoint: number, length: number, timeoutMs: number): Promise<{ data?: DataView }>;
  transferOut(endpoint: number, data: Uint8Array, timeoutMs: number): Promise<{ bytesWritten?: number }>;
  controlTransferIn(setup: UsbControlSetup, length: number, timeoutMs: number): Promise<{ data?: DataView }>;
  clearHalt(direction: 'in' | 'out', endpoint: number): Promise<void>;
  reset(): Promise<void>;
}

interface USBConfigurationShape {
  readonly interfaces: readonly {
    readonly interfaceNumber: number;
    readonly alternates: readonly {
      readonly interfaceClass: number;
      readonly interfaceSubclass: number;
      readonly interfaceProtocol: number;
      readonly endpoints: readonly {
        endpointNumber: number;
        direction: string;
        type: string;
        packetSize: number;
      }[];
    }[];
  }[];
}

interface HostUsb {
  getDevices(): Promise<HostDevice[]>;
  addEventListener(type: 'connect' | 'disconnect', listener: () => void): void;
  removeEventListener(type: 'connect' | 'disconnect', listener: () => void): void;
}

/** What the package's messages mean (observed with usb 3.1.0 on Linux); only the text tells. */
const MESSAGES: readonly (readonly [RegExp, UsbErrorCode])[] = [
  [/Cancelled/, 'usb.timeout'],
  [/[Ss]tall/, 'usb.stall'],
  [/Disconnected|errno 19|device not found|errno 2\)/, 'usb.disconnected'],
  [/errno 13|permission denied/, 'usb.access_denied'],
  [/errno 16|busy/, 'usb.busy'],
  [/Fault|Overflow/, 'usb.protocol'],
  [/invalid state|endpoint not found|borrowed/, 'usb.invalid_state'],
];

class HostUsbError extends Error {
  constructor(
    readonly code: UsbErrorCode,
    message: string,
    cause: unknown,
  ) {
    super(message, { cause });
    this.name = 'UsbPortError';
  }
}

function typed(cause: unknown): HostUsbError {
  const message = cause instanceof Error ? cause.message : String(cause);
  const code = MESSAGES.find(([pattern]) => pattern.test(message))?.[1] ?? 'usb.io';
  return new HostUsbError(code, message, cause);
}

async function guarded<Result>(act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (cause) {
    throw typed(cause);
  }
}

const WALL_CLOCK: UsbClock = {
  now: () => performance.now(),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** The USB of this machine, through npm `usb`. A machine without USB is an empty bus. */
export async function openUsbHost(): Promise<UsbBus> {
  const { usb } = (await import('usb')) as unknown as { usb: HostUsb };
  return new UsbHost(usb);
}

class UsbHost implements UsbBus {
  readonly #usb: HostUsb;
  readonly #listeners = new Set<() => void>();

  constructor(usb: HostUsb) {
    this.#usb = usb;
  }

  async devices(): Promise<UsbDevice[]> {
    let found: HostDevice[];
    try {
      found = await this.#usb.getDevices();
    } catch (cause) {
      // Containers and machines without a USB controller have no such folder: no probes, no error.
      if (cause instanceof Error && /\/sys\/bus\/usb/.test(cause.message)) return [];
      throw typed(cause);
    }
    return found.map((device) => new HostUsbDevice(device));
  }

  onChange(listener: () => void): () => void {
    this.#usb.addEventListener('connect', listener);
    this.#usb.addEventListener('disconnect', listener);
    this.#listeners.add(listener);
    return () => this.#remove(listener);
  }

  #remove(listener: () => void): void {
    this.#usb.removeEventListener('connect', listener);
    this.#usb.removeEventListener('disconnect', listener);
    this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    for (const listener of [...this.#listeners]) this.#remove(listener);
  }
}

/** Reads a string that the kernel may not know: the getter then does USB I/O and may throw. */
function text(read: () => string | undefined): string | undefined {
  try {
    return read() || undefined;
  } catch {
    return undefined;
  }
}

/** Linux's name of a port: `1-4.2`. */
export function linuxPortPath(bus: string, ports: readonly number[]): string {
  return `${Number.parseInt(bus, 10)}-${ports.join('.')}`;
}

class HostUsbDevice implements UsbDevice {
  readonly #device: HostDevice;
  readonly vendorId: number;
  readonly productId: number;
  readonly deviceVersion: number;
  readonly portPath: string;
  readonly speed: UsbDevice['speed'];
  readonly serialNumber: string | undefined;
  readonly manufacturerName: string | undefined;
  readonly productName: string | undefined;
  readonly interfaces: readonly UsbInterfaceDescription[];
  readonly clock = WALL_CLOCK;
  readonly #claimed = new Set<number>();

  constructor(device: HostDevice) {
    this.#device = device;
    this.vendorId = device.vendorId;
    this.productId = device.productId;
    this.deviceVersion =
      (device.deviceVersionMajor << 8) | (device.deviceVersionMinor << 4) | device.deviceVersionSubminor;
    this.portPath = linuxPortPath(device.bus, device.ports);
    this.speed =
      (['low', 'full', 'high', 'super'] as const).find((speed) => speed === device.speed) ?? 'full';
    this.serialNumber = text(() => device.serialNumber);
    this.manufacturerName = text(() => device.manufacturerName);
    this.productName = text(() => device.productName);
    this.interfaces = interfacesOf(device);
  }

  async open(): Promise<void> {
    await guarded(() => this.#device.open());
  }

  /** The package keeps a claim over close(): what is claimed is released first. */
  async close(): Promise<void> {
    for (const interfaceNumber of [...this.#claimed])
      await this.releaseInterface(interfaceNumber).catch(() => undefined);
    await this.#device.close().catch(() => undefined);
  }

  async selectConfiguration(value: number): Promise<void> {
    await guarded(() => this.#device.selectConfiguration(value));
  }

  async claimInterface(interfaceNumber: number): Promise<void> {
    await guarded(() => this.#device.claimInterface(interfaceNumber));
    this.#claimed.add(interfaceNumber);
  }

  async releaseInterface(interfaceNumber: number): Promise<void> {
    this.#claimed.delete(interfaceNumber);
    await guarded(() => this.#device.releaseInterface(interfaceNumber));
  }

  async transferIn(endpoint: number, length: number, timeoutMs: number): Promise<Uint8Array> {
    const { data } = await guarded(() => this.#device.transferIn(endpoint, length, timeoutMs));
    return data ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(0);
  }

  async transferOut(endpoint: number, data: Uint8Array, timeoutMs: number): Promise<number> {
    const { bytesWritten } = await guarded(() => this.#device.transferOut(endpoint, data, timeoutMs));
    return bytesWritten ?? 0;
  }

  async controlTransferIn(setup: UsbControlSetup, length: number, timeoutMs: number): Promise<Uint8Array> {
    const { data } = await guarded(() => this.#device.controlTransferIn(setup, length, timeoutMs));
    return data ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(0);
  }

  async clearHalt(direction: 'in' | 'out', endpoint: number): Promise<void> {
    await guarded(() => this.#device.clearHalt(direction, endpoint));
  }

  async reset(): Promise<void> {
    await guarded(() => this.#device.reset());
  }
}

function interfacesOf(device: HostDevice): UsbInterfaceDescription[] {
  return (device.configurations[0]?.interfaces ?? []).flatMap((each) => {
    const [alternate] = each.alternates;
    if (!alternate) return [];
    return [
      {
        interfaceNumber: each.interfaceNumber,
        interfaceClass: alternate.interfaceClass,
        interfaceSubclass: alternate.interfaceSubclass,
        interfaceProtocol: alternate.interfaceProtocol,
        endpoints: alternate.endpoints.map((endpoint) => ({
          endpointNumber: endpoint.endpointNumber,
          direction: endpoint.direction === 'in' ? ('in' as const) : ('out' as const),
          type: endpoint.type as 'bulk' | 'interrupt' | 'isochronous',
          packetSize: endpoint.packetSize,
        })),
      },
    ];
  });
}
