import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** The longest that a server may say nothing, ms. */
const SILENCE_MS = 120_000;

/** The far end of a USB/IP connection in tests, written from the protocol's text and not from the server's tables. */
export class UsbipClient {
  #received = Buffer.alloc(0);
  #wake: () => void = () => undefined;
  #silent = false;
  readonly closed: Promise<void>;

  private constructor(readonly socket: Socket) {
    socket.on('data', (data: Buffer) => {
      this.#received = Buffer.concat([this.#received, data]);
      this.#wake();
    });
    this.closed = new Promise((resolve) => {
      socket.on('close', () => {
        resolve();
        this.#wake();
      });
    });
    socket.on('error', () => undefined);
    socket.setTimeout(SILENCE_MS, () => {
      this.#silent = true;
      this.#wake();
    });
  }

  static async open(port: number): Promise<UsbipClient> {
    const socket = connect(port, '127.0.0.1');
    const client = new UsbipClient(socket);
    await once(socket, 'connect');
    return client;
  }

  send(bytes: Uint8Array): void {
    this.socket.write(bytes);
  }

  async read(count: number): Promise<Buffer> {
    while (this.#received.length < count) {
      if (this.socket.destroyed) throw new Error('the server hung up');
      if (this.#silent)
        throw new Error(
          `${count} bytes did not come in ${SILENCE_MS} ms; last seen: ${this.#received.toString('hex')}`,
        );
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    const bytes = this.#received.subarray(0, count);
    this.#received = this.#received.subarray(count);
    return bytes;
  }

  /** Imports a bus id; the status of the reply. */
  async import(busId: string): Promise<number> {
    const request = Buffer.alloc(40);
    request.set([0x01, 0x11, 0x80, 0x03]);
    request.write(busId, 8, 'latin1');
    this.send(request);
    const status = (await this.read(8)).readUInt32BE(4);
    if (status === 0) await this.read(312);
    return status;
  }

  async reply(): Promise<{ command: number; sequence: number; status: number; data: Buffer }> {
    const header = await this.read(48);
    const command = header.readUInt32BE(0);
    const length =
      command === 3 && this.#inSequences.has(header.readUInt32BE(4)) ? header.readUInt32BE(24) : 0;
    const data = await this.read(length);
    return { command, sequence: header.readUInt32BE(4), status: header.readInt32BE(20), data };
  }

  readonly #inSequences = new Set<number>();

  in(sequence: number, endpoint: number, length: number, setup: readonly number[] = []): void {
    this.#inSequences.add(sequence);
    this.send(submit(sequence, 1, endpoint, length, setup));
  }

  out(sequence: number, endpoint: number, data: Uint8Array, setup: readonly number[] = []): void {
    this.send(Buffer.concat([submit(sequence, 0, endpoint, data.length, setup), data]));
  }

  unlink(sequence: number, victim: number): void {
    const bytes = Buffer.alloc(48);
    bytes.writeUInt32BE(2, 0);
    bytes.writeUInt32BE(sequence, 4);
    bytes.writeUInt32BE(victim, 20);
    this.send(bytes);
  }

  close(): void {
    this.socket.destroy();
  }
}

/** USBIP_CMD_SUBMIT of the bulk and control kind. */
export function submit(
  sequence: number,
  direction: number,
  endpoint: number,
  length: number,
  setup: readonly number[] = [],
): Buffer {
  const bytes = Buffer.alloc(48);
  [1, sequence, 0x00010002, direction, endpoint, 0, length].forEach((word, i) =>
    bytes.writeUInt32BE(word >>> 0, i * 4),
  );
  bytes.writeUInt32BE(0xffffffff, 32);
  bytes.set(setup, 40);
  return bytes;
}
