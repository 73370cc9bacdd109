import type { Socket } from 'node:net';
import type { UrbResult } from '../usb/urb.ts';
import { ByteQueue } from './byte-queue.ts';
import {
  BUS_ID_BYTES,
  COMMAND_BYTES,
  decodeCommand,
  deviceRecord,
  ECONNRESET,
  ERRNO_OF_STATUS,
  interfaceRecords,
  OP_HEADER_BYTES,
  opReply,
  OP_REQ_DEVLIST,
  OP_REQ_IMPORT,
  submitReply,
  unlinkReply,
  VERSION,
  type ExportedDevice,
  type Submit,
  type Unlink,
} from './wire.ts';

/** No transfer of an ST-LINK is longer than 64 KiB; the kernel splits none. More is nonsense. */
const LONGEST_TRANSFER = 1 << 20;
/** A kernel keeps a few URBs an endpoint in flight. */
const MOST_PENDING = 64;
/** A client that does not read its replies is not read from. */
const MOST_UNREAD_BYTES = 4 << 20;
/** A client that connects and asks for nothing is let go. */
const HANDSHAKE_MS = 30_000;
/** A pause this long is a client that sleeps, not the way there and back; more than the most is not made up for. */
const SHORTEST_PAUSE_MS = 4;
const LONGEST_PAUSE_MS = 200;
const EMPTY = new Uint8Array(0);
const NO_ISO = [0, 0xffffffff];
/** SetPortFeature(PORT_RESET), as a host forwards a device reset. */
const RT_PORT_OUT = 0x23;
const SET_FEATURE = 3;
const PORT_RESET = 4;

/** What a session may ask of the server it belongs to. */
export interface Exports {
  list(): Promise<readonly ExportedDevice[]>;
  /** Grants a device to one importer; null where it is unknown or taken. */
  claim(busId: string, session: UsbipSession): Promise<ExportedDevice | null>;
  release(session: UsbipSession): void;
  nextUrbId(): number;
}

type Wanted = { readonly bytes: number; readonly take: (bytes: Buffer) => void };

interface Pending {
  readonly urbId: number;
  readonly settled: Promise<void>;
  unlinked: boolean;
}

/**
 * One USB/IP connection: first an operation (list or import), then, on an imported device, URBs until either
 * side hangs up. Whatever a client sends costs nobody but itself: it is cut off at the first nonsense.
 */
export class UsbipSession {
  device: ExportedDevice | null = null;
  #queue = new ByteQueue();
  #wanted: Wanted = { bytes: OP_HEADER_BYTES, take: (bytes) => this.#operation(bytes) };
  #pending = new Map<number, Pending>();
  #closed = false;
  #busy = false;
  #quietSinceMs = performance.now();

  constructor(
    private readonly socket: Socket,
    private readonly exports: Exports,
  ) {
    socket.setNoDelay(true);
    socket.setTimeout(HANDSHAKE_MS, () => this.close());
    socket.on('data', (data: Buffer) => {
      this.#queue.push(data);
      this.#work();
    });
    socket.on('drain', () => socket.resume());
    socket.on('error', () => this.close());
    socket.on('end', () => this.close());
    socket.on('close', () => this.close());
  }

  /** Hangs up: pending URBs are cancelled and the device is free for the next importer. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.socket.destroy();
    this.#queue = new ByteQueue();
    const { device } = this;
    if (!device) return this.exports.release(this);
    const gone = [...this.#pending.values()].map(({ urbId }) => device.usb.unlink(urbId));
    void Promise.all(gone)
      .then(() => device.usb.reset())
      .catch(() => undefined)
      .finally(() => this.exports.release(this));
  }

  #work(): void {
    while (!this.#closed && !this.#busy) {
      const bytes = this.#queue.take(this.#wanted.bytes);
      if (!bytes) return;
      this.#wanted.take(bytes);
    }
  }

  /** Nothing more is taken from the queue until `work` has ended. */
  #hold(work: Promise<void>): void {
    this.#busy = true;
    void work
      .catch(() => this.close())
      .finally(() => {
        this.#busy = false;
        this.#work();
      });
  }

  #send(bytes: Buffer): void {
    if (this.#closed) return;
    this.socket.write(bytes);
    if (this.socket.writableLength > MOST_UNREAD_BYTES) this.socket.pause();
  }

  // -- operations ----------------------------------------------------------------------------------------

  #operation(header: Buffer): void {
    const code = header.readUInt16BE(2);
    if (header.readUInt16BE(0) !== VERSION) return this.close();
    if (code === OP_REQ_DEVLIST) return this.#hold(this.#list());
    if (code !== OP_REQ_IMPORT) return this.close();
    this.#wanted = { bytes: BUS_ID_BYTES, take: (bytes) => this.#hold(this.#import(bytes)) };
  }

  async #list(): Promise<void> {
    const devices = await this.exports.list();
    const count = Buffer.alloc(4);
    count.writeUInt32BE(devices.length);
    const records = devices.flatMap((device) => [deviceRecord(device), interfaceRecords(device)]);
    this.#send(Buffer.concat([opReply(OP_REQ_DEVLIST & 0x7fff, 0), count, ...records]));
  }

  async #import(bytes: Buffer): Promise<void> {
    const end = bytes.indexOf(0);
    const busId = bytes.toString('latin1', 0, end < 0 ? BUS_ID_BYTES : end);
    const device = await this.exports.claim(busId, this);
    if (!device) {
      this.#send(opReply(OP_REQ_IMPORT & 0x7fff, 1));
      this.socket.end();
      return;
    }
    this.device = device;
    if (this.#closed) return this.exports.release(this);
    this.socket.setTimeout(0);
    this.#wanted = { bytes: COMMAND_BYTES, take: (command) => this.#command(command) };
    this.#send(Buffer.concat([opReply(OP_REQ_IMPORT & 0x7fff, 0), deviceRecord(device)]));
  }

  // -- URBs ----------------------------------------------------------------------------------------------

  #command(bytes: Buffer): void {
    const command = decodeCommand(bytes);
    if (!command) return this.close();
    if (command.kind === 'unlink') return this.#unlink(command);
    const { sequence, packets, length, direction } = command;
    const sane = NO_ISO.includes(packets) && length <= LONGEST_TRANSFER && this.#pending.size < MOST_PENDING;
    if (!sane || this.#pending.has(sequence)) return this.close();
    if (direction !== 0 || length === 0) return this.#submit(command, EMPTY);
    this.#wanted = {
      bytes: length,
      take: (data) => {
        this.#wanted = { bytes: COMMAND_BYTES, take: (next) => this.#command(next) };
        this.#submit(command, Uint8Array.from(data));
      },
    };
  }

  #submit(command: Submit, data: Uint8Array): void {
    const { usb } = this.device!;
    const { sequence, setup, endpoint, direction, length } = command;
    const urbId = this.exports.nextUrbId();
    this.#makeUpForPause();
    const resets = endpoint === 0 && isPortReset(setup);
    const result: Promise<UrbResult> = resets
      ? usb.reset().then(() => ({ status: 'ok', data: EMPTY, bytesWritten: 0 }))
      : usb.submit({
          id: urbId,
          endpoint: endpoint === 0 ? setup[0]! & 0x80 : endpoint | direction,
          length: direction === 0 ? 0 : length,
          data,
          ...(endpoint === 0 ? { setup } : {}),
        });
    const settled = result.then(
      (answer) => this.#answer(command, answer),
      () => this.close(),
    );
    this.#pending.set(sequence, { urbId, settled, unlinked: false });
  }

  /** Calls of one slot keep their order, so that the pause comes before the transfer. */
  #makeUpForPause(): void {
    const pauseMs = performance.now() - this.#quietSinceMs;
    if (this.#pending.size > 0 || pauseMs < SHORTEST_PAUSE_MS) return;
    void this.device!.idle(Math.min(pauseMs, LONGEST_PAUSE_MS)).catch(() => this.close());
  }

  #answer({ sequence, direction, length }: Submit, { status, data, bytesWritten }: UrbResult): void {
    const pending = this.#pending.get(sequence);
    this.#pending.delete(sequence);
    if (pending?.unlinked && status === 'cancelled') return;
    this.#quietSinceMs = performance.now();
    const actual = direction === 0 ? Math.min(bytesWritten, length) : Math.min(data.length, length);
    const payload = direction === 0 ? EMPTY : data.subarray(0, actual);
    this.#send(submitReply(sequence, ERRNO_OF_STATUS[status], actual, payload));
    // A device that has left the bus takes its connection with it, as a real host's unbind does.
    if (status === 'disconnected') this.close();
  }

  /** A URB that completed before the unlink came has been or will be answered, and the unlink says 0. */
  #unlink({ sequence, victim }: Unlink): void {
    const pending = this.#pending.get(victim);
    if (!pending) return this.#send(unlinkReply(sequence, 0));
    pending.unlinked = true;
    void this.device!.usb.unlink(pending.urbId).then(
      async (cancelled) => {
        await pending.settled;
        this.#send(unlinkReply(sequence, cancelled ? ECONNRESET : 0));
      },
      () => this.close(),
    );
  }
}

function isPortReset(setup: Uint8Array): boolean {
  return setup[0] === RT_PORT_OUT && setup[1] === SET_FEATURE && setup[2] === PORT_RESET;
}
