import { linuxPortPath, speedOf, type HostFacts } from './host-facts.ts';
import { asPortError, HostUsbError } from './host-messages.ts';
import type { HostDevice } from './host-types.ts';
import type { UsbClock, UsbControlSetup, UsbDevice, UsbInterfaceDescription } from './port.ts';

const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** The clock of real hardware. */
export const WALL_CLOCK: UsbClock = {
  now: () => performance.now(),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** One USB device of this machine behind npm `usb`; every call rejects with a `UsbPortError`. */
export class HostUsbDevice implements UsbDevice {
  readonly #device: HostDevice;
  readonly #claimed = new Set<number>();
  readonly #pending = new Set<Promise<unknown>>();
  readonly vendorId: number;
  readonly productId: number;
  readonly deviceVersion: number;
  readonly portPath: string;
  readonly address: number;
  readonly speed: UsbDevice['speed'];
  readonly serialNumber: string | undefined;
  readonly manufacturerName: string | undefined;
  readonly productName: string | undefined;
  readonly interfaces: readonly UsbInterfaceDescription[];
  readonly clock = WALL_CLOCK;

  #open = false;

  constructor(device: HostDevice, facts: HostFacts) {
    this.#device = device;
    this.vendorId = device.vendorId;
    this.productId = device.productId;
    this.deviceVersion =
      (device.deviceVersionMajor << 8) | (device.deviceVersionMinor << 4) | device.deviceVersionSubminor;
    this.portPath = linuxPortPath(device.bus, device.ports);
    this.address = device.address;
    this.speed = speedOf(device.speed);
    this.serialNumber = facts.serialNumber;
    this.manufacturerName = facts.manufacturerName;
    this.productName = facts.productName;
    this.interfaces = facts.interfaces;
  }

  /** The package takes a new handle at a second open, to which the first one's claims are another program's. */
  async open(): Promise<void> {
    if (this.#open) return;
    await guarded(() => this.#device.open());
    this.#open = true;
  }

  /**
   * The package refuses to close under a pending transfer and keeps a claim over close(): what is pending ends
   * first (each has its timeout), then what is claimed is released.
   */
  async close(): Promise<void> {
    await Promise.allSettled(this.#pending);
    await this.#releaseAll();
    this.#open = false;
    await this.#device.close().catch(() => undefined);
  }

  selectConfiguration(value: number): Promise<void> {
    return guarded(() => this.#device.selectConfiguration(value));
  }

  async claimInterface(interfaceNumber: number): Promise<void> {
    if (this.#claimed.has(interfaceNumber)) return;
    await guarded(() => this.#device.claimInterface(interfaceNumber));
    this.#claimed.add(interfaceNumber);
  }

  async releaseInterface(interfaceNumber: number): Promise<void> {
    this.#claimed.delete(interfaceNumber);
    await guarded(() => this.#device.releaseInterface(interfaceNumber));
  }

  async transferIn(endpoint: number, length: number, timeoutMs: number): Promise<Uint8Array> {
    const timeout = wholeTimeout(timeoutMs);
    return bytesOf(await this.#transfer(() => this.#device.transferIn(endpoint, length, timeout)));
  }

  async transferOut(endpoint: number, data: Uint8Array, timeoutMs: number): Promise<number> {
    const timeout = wholeTimeout(timeoutMs);
    const result = await this.#transfer(() => this.#device.transferOut(endpoint, data, timeout));
    return result.bytesWritten ?? 0;
  }

  async controlTransferIn(setup: UsbControlSetup, length: number, timeoutMs: number): Promise<Uint8Array> {
    const timeout = wholeTimeout(timeoutMs);
    return bytesOf(await this.#transfer(() => this.#device.controlTransferIn(setup, length, timeout)));
  }

  clearHalt(direction: 'in' | 'out', endpoint: number): Promise<void> {
    return guarded(() => this.#device.clearHalt(direction, endpoint));
  }

  /** The kernel drops the claims at a reset but the package does not know: they are released here too. */
  async reset(): Promise<void> {
    await guarded(() => this.#device.reset());
    await this.#releaseAll();
  }

  async #releaseAll(): Promise<void> {
    for (const each of [...this.#claimed]) await this.releaseInterface(each).catch(() => undefined);
  }

  async #transfer<Result>(act: () => Promise<Result>): Promise<Result> {
    const pending = guarded(act);
    this.#pending.add(pending);
    try {
      return await pending;
    } finally {
      this.#pending.delete(pending);
    }
  }
}

function bytesOf({ data }: { readonly data?: DataView }): Uint8Array {
  return data ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(0);
}

/** The package takes 0 and NaN as "fail at once" and negative or huge values as for ever: neither is a timeout. */
function wholeTimeout(timeoutMs: number): number {
  if (Number.isFinite(timeoutMs) && timeoutMs > 0) return Math.min(Math.ceil(timeoutMs), LONGEST_TIMEOUT_MS);
  throw new HostUsbError('usb.invalid_state', `a transfer needs a timeout, not ${timeoutMs} ms`, undefined);
}

async function guarded<Result>(act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (cause) {
    throw asPortError(cause);
  }
}
