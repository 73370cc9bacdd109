import { ProbeError } from '@boardwalk/debug';
import type { UsbDevice } from '../usb/port.ts';
import { isUsbPortError } from '../usb/usb-failures.ts';
import { IN_ENDPOINT, ST_LINK_PRODUCTS } from './products.ts';

const COMMAND_BYTES = 16;
const INTERFACE_CLASS_VENDOR = 0xff;
/** More than any reply: what an earlier user left comes in one piece. */
const STALE_BYTES = 8192;
const MOST_STALE_REPLIES = 8;
/** How long the pipe must be silent to be empty, ms; a probe that has something to say does so within a frame. */
const SILENCE_MS = 5;
/** A timeout that took this many times its limit did not run on time. */
const LATE = 2;
const GET_VERSION = [0xf1];
const VERSION_BYTES = 6;

/**
 * The pipes of one ST-LINK: a 16-byte block out, then at most one data phase, with exact lengths. It knows no
 * order and no status: see StLinkWire. Everything rejects with a `UsbPortError` or with a ProbeError
 * `probe.protocol` when a length is wrong.
 */
export class StLinkChannel {
  readonly #device: UsbDevice;
  readonly #outEndpoint: number;
  readonly #interfaceNumber: number;
  readonly #packetBytes: number;
  readonly #block = new Uint8Array(COMMAND_BYTES);

  constructor(
    device: UsbDevice,
    readonly timeoutMs: number,
  ) {
    this.#device = device;
    this.#outEndpoint = ST_LINK_PRODUCTS.get(device.productId)?.outEndpoint ?? 2;
    const debug = device.interfaces.find((each) => each.interfaceClass === INTERFACE_CLASS_VENDOR);
    this.#interfaceNumber = debug?.interfaceNumber ?? 0;
    const input = debug?.endpoints.find(
      (each) => each.direction === 'in' && each.endpointNumber === IN_ENDPOINT,
    );
    this.#packetBytes = input?.packetSize ?? 64;
  }

  get portPath(): string {
    return this.#device.portPath;
  }

  get clock(): UsbDevice['clock'] {
    return this.#device.clock;
  }

  async open(): Promise<void> {
    await this.#device.open();
    try {
      await this.#device.claimInterface(this.#interfaceNumber);
    } catch (cause) {
      // A device that nobody configured yet has no interface to claim.
      if (!isUsbPortError(cause) || cause.code !== 'usb.not_found') throw cause;
      await this.#device.selectConfiguration(1);
      await this.#device.claimInterface(this.#interfaceNumber);
    }
  }

  async close(): Promise<void> {
    await this.#device.close().catch(() => undefined);
  }

  /** Port reset, then claimed again: the only cure for a half-taken command. */
  async reset(): Promise<void> {
    await this.#device.reset();
    await this.#device.claimInterface(this.#interfaceNumber);
  }

  async clearHalt(): Promise<void> {
    await this.#device.clearHalt('in', IN_ENDPOINT);
    await this.#device.clearHalt('out', this.#outEndpoint);
  }

  /** Sends one command, padded with zeros to 16 bytes. */
  async send(command: ArrayLike<number>, operation: string): Promise<void> {
    this.#block.fill(0);
    this.#block.set(command);
    await this.write(this.#block, operation);
  }

  async write(data: Uint8Array, operation: string): Promise<void> {
    const taken = await this.#timed(operation, () =>
      this.#device.transferOut(this.#outEndpoint, data, this.timeoutMs),
    );
    if (taken !== data.length) throw this.#torn(operation, data.length, taken);
  }

  /** Asks for whole packets, so that a longer reply cannot babble, and takes exactly what was due. */
  async receive(bytes: number, operation: string): Promise<Uint8Array> {
    const rounded = Math.ceil(bytes / this.#packetBytes) * this.#packetBytes;
    const reply = await this.#timed(operation, () =>
      this.#device.transferIn(IN_ENDPOINT, rounded, this.timeoutMs),
    );
    if (reply.length !== bytes) throw this.#torn(operation, bytes, reply.length);
    return reply;
  }

  /** A timeout that comes far too late says that this host stood still, and nothing of the probe. */
  async #timed<Result>(operation: string, transfer: () => Promise<Result>): Promise<Result> {
    const started = this.clock.now();
    try {
      return await transfer();
    } catch (cause) {
      const tookMs = this.clock.now() - started;
      const late = isUsbPortError(cause) && cause.code === 'usb.timeout' && tookMs > LATE * this.timeoutMs;
      throw late ? this.#hostLate(operation, tookMs, cause) : cause;
    }
  }

  /** Reads until nothing comes any more: replies that an earlier user, or an earlier try, left. */
  async drain(): Promise<void> {
    for (let stale = 0; stale < MOST_STALE_REPLIES; stale += 1) {
      try {
        await this.#device.transferIn(IN_ENDPOINT, STALE_BYTES, SILENCE_MS);
      } catch (cause) {
        if (isUsbPortError(cause) && cause.code === 'usb.timeout') return;
        throw cause;
      }
    }
  }

  /**
   * Asks for the version and reads on until it comes: the one reply that cannot be taken for another. A stale
   * reply of whole packets has no end of its own, so the version may follow it in one piece.
   */
  async askVersion(): Promise<Uint8Array> {
    await this.send(GET_VERSION, 'resync');
    let got = 0;
    for (let stale = 0; stale < MOST_STALE_REPLIES; stale += 1) {
      const reply = await this.#device.transferIn(IN_ENDPOINT, STALE_BYTES, this.timeoutMs);
      got = reply.length;
      const version = reply.subarray(-VERSION_BYTES);
      const ahead = reply.length - VERSION_BYTES;
      if (ahead >= 0 && ahead % this.#packetBytes === 0 && version[2] === 0x83 && version[3] === 0x04) {
        return version;
      }
    }
    throw this.#torn('resync', VERSION_BYTES, got);
  }

  #hostLate(operation: string, tookMs: number, cause: unknown): ProbeError {
    const { portPath, timeoutMs } = this;
    const [took, limit] = [tookMs, timeoutMs].map((ms) => (ms / 1000).toFixed(1)) as [string, string];
    return new ProbeError('probe.host_late', { portPath, operation, took, limit }, { cause });
  }

  #torn(operation: string, due: number, got: number): ProbeError {
    return new ProbeError('probe.protocol:length', { portPath: this.portPath, operation, due, got });
  }
}
