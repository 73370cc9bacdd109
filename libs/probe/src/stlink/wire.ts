import { ProbeError } from '../errors.ts';
import type { UsbDevice } from '../usb/port.ts';
import { asProbeError, isUsbPortError } from '../usb/usb-failures.ts';
import { meaningOf, STATUS_OK, WAIT_STATUSES } from './status.ts';
import { IN_ENDPOINT, ST_LINK_PRODUCTS } from './products.ts';

const COMMAND_BYTES = 16;
const INTERFACE_CLASS_VENDOR = 0xff;
const MOST_STALE_REPLIES = 8;
const DRAIN_TIMEOUT_MS = 20;
/** Back-off of a waiting target, ms: nine tries in all, as OpenOCD's. */
const WAIT_BACKOFF_MS = [1, 2, 4, 8, 16, 32, 64, 128];

/**
 * One ST-LINK's command channel: a 16-byte block out, then at most one data phase. Exchanges are strictly one
 * after another. After a transfer that timed out the channel is out of step until {@link recover}.
 */
export class StLinkWire {
  readonly #device: UsbDevice;
  readonly #outEndpoint: number;
  readonly #interfaceNumber: number;
  readonly #packetBytes: number;
  readonly #block = new Uint8Array(COMMAND_BYTES);
  #tail: Promise<unknown> = Promise.resolve();
  #gone = false;

  constructor(
    device: UsbDevice,
    readonly timeoutMs: number,
  ) {
    this.#device = device;
    this.#outEndpoint = ST_LINK_PRODUCTS.get(device.productId)?.outEndpoint ?? 2;
    const debug = device.interfaces.find((each) => each.interfaceClass === INTERFACE_CLASS_VENDOR);
    this.#interfaceNumber = debug?.interfaceNumber ?? 0;
    this.#packetBytes = debug?.endpoints.find((each) => each.direction === 'in')?.packetSize ?? 64;
  }

  get portPath(): string {
    return this.#device.portPath;
  }

  get clock(): UsbDevice['clock'] {
    return this.#device.clock;
  }

  async open(): Promise<void> {
    await this.#usb('open the probe', async () => {
      await this.#device.open();
      await this.#device.claimInterface(this.#interfaceNumber);
    });
  }

  async close(): Promise<void> {
    await this.#device.close().catch(() => undefined);
  }

  /** Port reset, claimed anew: the only cure for a half-taken command. */
  async recover(): Promise<void> {
    await this.#usb('reset the probe', async () => {
      await this.#device.reset();
      await this.#device.releaseInterface(this.#interfaceNumber).catch(() => undefined);
      await this.#device.claimInterface(this.#interfaceNumber);
    });
  }

  /** Sends a command and reads exactly `replyBytes`, with no look at a status. */
  exchange(
    command: readonly number[] | Uint8Array,
    replyBytes: number,
    operation: string,
  ): Promise<DataView> {
    return this.#alone(operation, async () => {
      await this.#send(command);
      return this.#receive(replyBytes, operation);
    });
  }

  /** Sends a command that has no reply. */
  send(command: readonly number[], operation: string): Promise<void> {
    return this.#alone(operation, () => this.#send(command));
  }

  /** A command whose reply begins with a status; sent again while the target says wait. @throws ProbeError */
  async command(
    command: readonly number[],
    replyBytes: number,
    operation: string,
    address?: number,
  ): Promise<DataView> {
    for (let tries = 0; ; tries += 1) {
      const reply = await this.exchange(command, replyBytes, operation);
      const status = reply.getUint8(0);
      if (status === STATUS_OK) return reply;
      const backoff = WAIT_BACKOFF_MS[tries];
      if (!WAIT_STATUSES.has(status) || backoff === undefined) throw this.failure(status, operation, address);
      await this.clock.wait(backoff);
    }
  }

  /**
   * A memory command, its data phase and the status that only a second command tells, as one: sent whole again
   * while the target says wait. @throws ProbeError with the address that faulted
   */
  async memory(
    block: Uint8Array,
    out: Uint8Array | null,
    inBytes: number,
    lastStatus2: boolean,
    operation: string,
  ): Promise<DataView> {
    for (let tries = 0; ; tries += 1) {
      const { data, status, address } = await this.#alone(operation, () =>
        this.#memoryOnce(block, out, inBytes, lastStatus2, operation),
      );
      if (status === STATUS_OK) return data;
      const backoff = WAIT_BACKOFF_MS[tries];
      if (!WAIT_STATUSES.has(status) || backoff === undefined) throw this.failure(status, operation, address);
      await this.clock.wait(backoff);
    }
  }

  async #memoryOnce(
    block: Uint8Array,
    out: Uint8Array | null,
    inBytes: number,
    lastStatus2: boolean,
    operation: string,
  ) {
    await this.#write(block, operation);
    if (out) await this.#write(out, operation);
    const data = inBytes > 0 ? await this.#receive(inBytes, operation) : EMPTY;
    await this.#send([0xf2, lastStatus2 ? 0x3e : 0x3b]);
    const reply = await this.#receive(lastStatus2 ? 12 : 2, operation);
    return { data, status: reply.getUint8(0), address: lastStatus2 ? reply.getUint32(4, true) : undefined };
  }

  failure(status: number, operation: string, address?: number): ProbeError {
    const { code, says, remedy } = meaningOf(status);
    const details = { portPath: this.portPath, operation, remedy, status, ...(address ? { address } : {}) };
    return new ProbeError(code, `Probe ${this.portPath}: ${says} (${operation}).`, details);
  }

  /** Reads one reply of any length up to a packet: for resync. Null when nothing came. */
  async probeReply(command: readonly number[]): Promise<Uint8Array | null> {
    return this.#alone('resync', async () => {
      await this.#send(command);
      for (let stale = 0; stale < 4; stale += 1) {
        const reply = await this.#device.transferIn(IN_ENDPOINT, this.#packetBytes, this.timeoutMs);
        if (reply.length === 6 && reply[2] === 0x83 && reply[3] === 0x04) return reply;
      }
      return null;
    });
  }

  /** Reads until nothing comes any more: replies that an earlier user, or an earlier try, left behind. */
  async drain(): Promise<void> {
    for (let stale = 0; stale < MOST_STALE_REPLIES; stale += 1) {
      try {
        await this.#device.transferIn(IN_ENDPOINT, this.#packetBytes, DRAIN_TIMEOUT_MS);
      } catch (cause) {
        if (isUsbPortError(cause) && cause.code === 'usb.timeout') return;
        throw asProbeError(cause, this.portPath, 'drain stale replies');
      }
    }
  }

  async clearHalt(): Promise<void> {
    await this.#usb('clear the stalled endpoint', () => this.#device.clearHalt('in', IN_ENDPOINT));
  }

  async #send(command: readonly number[] | Uint8Array): Promise<void> {
    this.#block.fill(0);
    this.#block.set(command);
    await this.#write(this.#block, 'send a command');
  }

  async #write(data: Uint8Array, operation: string): Promise<void> {
    const taken = await this.#device.transferOut(this.#outEndpoint, data, this.timeoutMs);
    if (taken !== data.length) throw this.#torn(operation, data.length, taken);
  }

  /** Asks for whole packets, so that a longer reply cannot babble, and takes what was due. */
  async #receive(bytes: number, operation: string): Promise<DataView> {
    const rounded = Math.ceil(bytes / this.#packetBytes) * this.#packetBytes;
    const reply = await this.#device.transferIn(IN_ENDPOINT, rounded, this.timeoutMs);
    if (reply.length !== bytes) throw this.#torn(operation, bytes, reply.length);
    return new DataView(reply.buffer, reply.byteOffset, reply.length);
  }

  #torn(operation: string, due: number, got: number): ProbeError {
    return new ProbeError(
      'probe.protocol',
      `Probe ${this.portPath}: ${got} bytes came instead of ${due} (${operation}).`,
      {
        portPath: this.portPath,
        operation,
        remedy: 'Try again; if it stays, replug the probe.',
      },
    );
  }

  /** One exchange at a time; an unplugged probe fails at once from then on. */
  #alone<Result>(operation: string, act: () => Promise<Result>): Promise<Result> {
    const turn = this.#tail.then(() => this.#usb(operation, act));
    this.#tail = turn.catch(() => undefined);
    return turn;
  }

  async #usb<Result>(operation: string, act: () => Promise<Result>): Promise<Result> {
    if (this.#gone) throw this.#disconnected(operation);
    try {
      return await act();
    } catch (cause) {
      if (isUsbPortError(cause) && cause.code === 'usb.disconnected') this.#gone = true;
      throw asProbeError(cause, this.portPath, operation);
    }
  }

  #disconnected(operation: string): ProbeError {
    return new ProbeError(
      'probe.disconnected',
      `Probe ${this.portPath}: the probe was unplugged (${operation}).`,
      {
        portPath: this.portPath,
        operation,
        remedy: 'Plug the probe in again.',
      },
    );
  }
}

const EMPTY = new DataView(new ArrayBuffer(0));
