import type {
  UsbBus,
  UsbClock,
  UsbControlSetup,
  UsbDevice,
  UsbErrorCode,
  UsbInterfaceDescription,
} from '@boardwalk/probe';
import type { UrbResult } from '../usb/urb.ts';
import type { DeviceDescription, SlotRequest } from './bench-host.ts';
import type { Answer } from './threads.ts';

const MOST_ADDRESSES = 127;

/** An error in the shape that the USB port promises. */
class PortError extends Error {
  constructor(
    readonly code: UsbErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'UsbPortError';
  }
}

const FAILURES: Readonly<Record<Exclude<UrbResult['status'], 'ok'>, readonly [UsbErrorCode, string]>> = {
  stall: ['usb.stall', 'the endpoint is stalled'],
  overflow: ['usb.protocol', 'the device sent more than was asked for'],
  protocol: ['usb.protocol', 'the transfer was garbled'],
  disconnected: ['usb.disconnected', 'the device is gone'],
  cancelled: ['usb.timeout', 'the device did not answer in time'],
};

type Call = (request: SlotRequest, args: readonly unknown[]) => Promise<Answer>;

/** What stands on one virtual USB port over time: a probe, or nothing. */
export class VirtualPort {
  present: boolean;
  /** Grows with each plugging: a device object belongs to one of them, as on a real host. */
  pluggings = 0;
  nowMs = 0;
  nextUrbId = 1;
  /** Which object holds the debug interface; real hosts grant it to one only. */
  claimedBy: object | null = null;

  constructor(
    public description: DeviceDescription,
    private readonly ask: Call,
  ) {
    this.present = true;
  }

  async call<Value>(request: SlotRequest, ...args: unknown[]): Promise<Value> {
    const answer = await this.ask(request, args);
    this.nowMs = answer.nowMs;
    return answer.value as Value;
  }
}

/** The USB port's view of a virtual bench. */
export class VirtualUsbBus implements UsbBus {
  readonly #listeners = new Set<() => void>();

  constructor(
    private readonly ports: readonly VirtualPort[],
    private readonly closeBench: () => Promise<void>,
  ) {}

  async devices(): Promise<UsbDevice[]> {
    return this.ports.filter(({ present }) => present).map((port) => new VirtualDevice(port));
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  close(): Promise<void> {
    return this.closeBench();
  }
}

class VirtualDevice implements UsbDevice {
  readonly portPath: string;
  readonly address: number;
  readonly speed: 'full' | 'high';
  readonly vendorId: number;
  readonly productId: number;
  readonly deviceVersion: number;
  readonly serialNumber: string | undefined;
  readonly manufacturerName: string | undefined;
  readonly productName: string | undefined;
  readonly interfaces: readonly UsbInterfaceDescription[];
  readonly clock: UsbClock;
  readonly #port: VirtualPort;
  readonly #plugging: number;
  #open = false;

  constructor(port: VirtualPort) {
    this.#port = port;
    this.#plugging = port.pluggings;
    const { description } = port;
    const view = new DataView(description.device.buffer, description.device.byteOffset, 18);
    this.portPath = description.portPath;
    this.address = 1 + (port.pluggings % MOST_ADDRESSES);
    this.speed = description.speed;
    this.vendorId = view.getUint16(8, true);
    this.productId = view.getUint16(10, true);
    this.deviceVersion = view.getUint16(12, true);
    this.manufacturerName = description.strings[view.getUint8(14)] ?? undefined;
    this.productName = description.strings[view.getUint8(15)] ?? undefined;
    this.serialNumber =
      view.getUint8(16) === 0 ? undefined : (description.strings[view.getUint8(16)] ?? undefined);
    this.interfaces = parseInterfaces(description.configuration);
    this.clock = { now: () => port.nowMs, wait: (ms) => port.call('wait', ms) };
  }

  async open(): Promise<void> {
    this.#requirePresent();
    this.#open = true;
  }

  async close(): Promise<void> {
    if (this.#port.claimedBy === this) this.#port.claimedBy = null;
    this.#open = false;
  }

  async selectConfiguration(value: number): Promise<void> {
    await this.#control([0x00, 0x09, value, 0, 0, 0, 0, 0]);
  }

  async claimInterface(): Promise<void> {
    this.#requireOpen();
    const { claimedBy } = this.#port;
    if (claimedBy && claimedBy !== this)
      throw new PortError('usb.busy', 'another program holds the interface');
    this.#port.claimedBy = this;
  }

  async releaseInterface(): Promise<void> {
    if (this.#port.claimedBy === this) this.#port.claimedBy = null;
  }

  async transferIn(endpointNumber: number, length: number, timeoutMs: number): Promise<Uint8Array> {
    const result = await this.#transfer(endpointNumber | 0x80, length, undefined, timeoutMs);
    return result.data;
  }

  async transferOut(endpointNumber: number, data: Uint8Array, timeoutMs: number): Promise<number> {
    const result = await this.#transfer(endpointNumber, data.length, data, timeoutMs);
    return result.bytesWritten;
  }

  async controlTransferIn(setup: UsbControlSetup, length: number, timeoutMs: number): Promise<Uint8Array> {
    const type = { standard: 0, class: 1, vendor: 2 }[setup.requestType];
    const recipient = { device: 0, interface: 1, endpoint: 2, other: 3 }[setup.recipient];
    const bytes = new DataView(new ArrayBuffer(8));
    bytes.setUint8(0, 0x80 | (type << 5) | recipient);
    bytes.setUint8(1, setup.request);
    bytes.setUint16(2, setup.value, true);
    bytes.setUint16(4, setup.index, true);
    bytes.setUint16(6, length, true);
    this.#requireOpen();
    return (await this.#submit(0x80, length, undefined, new Uint8Array(bytes.buffer), timeoutMs)).data;
  }

  async clearHalt(direction: 'in' | 'out', endpointNumber: number): Promise<void> {
    await this.#control([0x02, 0x01, 0, 0, endpointNumber | (direction === 'in' ? 0x80 : 0), 0, 0, 0]);
  }

  async reset(): Promise<void> {
    this.#requireOpen();
    await this.#port.call('reset');
    this.#port.claimedBy = null;
  }

  async #control(setup: number[]): Promise<void> {
    this.#requireOpen();
    await this.#submit(0x00, 0, new Uint8Array(0), Uint8Array.from(setup), 1000);
  }

  async #transfer(
    endpoint: number,
    length: number,
    data: Uint8Array | undefined,
    timeoutMs: number,
  ): Promise<UrbResult> {
    this.#requireOpen();
    if (this.#port.claimedBy !== this)
      throw new PortError('usb.invalid_state', 'the interface is not claimed');
    return this.#submit(endpoint, length, data, undefined, timeoutMs);
  }

  async #submit(
    endpoint: number,
    length: number,
    data: Uint8Array | undefined,
    setup: Uint8Array | undefined,
    timeoutMs: number,
  ): Promise<UrbResult> {
    const id = this.#port.nextUrbId++;
    const urb = { id, endpoint, length, ...(data ? { data } : {}), ...(setup ? { setup } : {}) };
    const result = await this.#port.call<UrbResult>('transfer', urb, timeoutMs);
    if (result.status === 'ok') return result;
    if (result.status === 'disconnected') this.#port.present = false;
    const [code, message] = FAILURES[result.status];
    throw new PortError(code, message);
  }

  #requirePresent(): void {
    if (!this.#port.present || this.#plugging !== this.#port.pluggings)
      throw new PortError('usb.disconnected', 'the device is gone');
  }

  #requireOpen(): void {
    this.#requirePresent();
    if (!this.#open) throw new PortError('usb.invalid_state', 'the device is not open');
  }
}

function parseInterfaces(configuration: Uint8Array): UsbInterfaceDescription[] {
  const found: (UsbInterfaceDescription & { endpoints: UsbInterfaceDescription['endpoints'][number][] })[] =
    [];
  for (let at = 0; at + 1 < configuration.length; at += configuration[at]!) {
    const kind = configuration[at + 1];
    if (kind === 4) {
      found.push({
        interfaceNumber: configuration[at + 2]!,
        interfaceClass: configuration[at + 5]!,
        interfaceSubclass: configuration[at + 6]!,
        interfaceProtocol: configuration[at + 7]!,
        endpoints: [],
      });
    } else if (kind === 5) {
      const address = configuration[at + 2]!;
      found.at(-1)?.endpoints.push({
        endpointNumber: address & 15,
        direction: address & 0x80 ? 'in' : 'out',
        type: 'bulk',
        packetSize: configuration[at + 4]! | (configuration[at + 5]! << 8),
      });
    }
    if (configuration[at] === 0) break;
  }
  return found;
}
