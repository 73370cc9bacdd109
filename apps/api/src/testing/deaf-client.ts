import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const TEXT = 0x81;
const PING = 0x89;
const MASKED = 0x80;
const WRITE_MS = 50;

/** The head that turns a connection into a websocket of the station. */
export const UPGRADE = [
  'GET /api/ws/?EIO=4&transport=websocket HTTP/1.1',
  ...['host: station', 'connection: upgrade', 'upgrade: websocket', 'sec-websocket-version: 13'],
  ...['sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==', '', ''],
].join('\r\n');

/** A client of /live that writes and never reads: its own end of the connection stays full. */
export class DeafClient {
  private constructor(private readonly socket: Socket) {}

  /** Connects to the namespace, then reads no more. */
  static async open(url: string, token: string): Promise<DeafClient> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    const client = new DeafClient(socket);
    socket.write(UPGRADE);
    await client.#reads(/0\{"sid"/);
    client.#send(TEXT, `40/live,${JSON.stringify({ token })}`);
    await client.#reads(/40\/live/);
    socket.pause();
    return client;
  }

  subscribe(after: number): void {
    this.#send(TEXT, `42/live,${JSON.stringify(['subscribe', { after }])}`);
  }

  /** Writes on until the station has let it go. @returns the bytes that the station sent to it */
  async bytesUntilClosed(): Promise<number> {
    // A connection that is reset shows it to the one that writes.
    const clock = setInterval(() => this.#send(PING, ''), WRITE_MS);
    await new Promise((resolve) => this.socket.once('close', resolve));
    clearInterval(clock);
    return this.socket.bytesRead;
  }

  end(): void {
    this.socket.destroy();
  }

  async #reads(awaited: RegExp): Promise<void> {
    let text = '';
    for await (const chunk of this.socket.iterator({ destroyOnReturn: false })) {
      text += String(chunk);
      if (awaited.test(text)) return;
    }
    throw new Error(`The station sent ${JSON.stringify(text)} and not ${awaited.source}.`);
  }

  #send(opcode: number, text: string): void {
    this.socket.write(frame(opcode, Buffer.from(text)));
  }
}

/** A frame of RFC 6455 §5.2, with a mask of zeros. */
export function frame(opcode: number, data: Buffer): Buffer {
  const long = Buffer.alloc(8);
  long.writeBigUInt64BE(BigInt(data.length));
  const length =
    data.length < 126 ? [data.length] : data.length < 65_536 ? [126, ...long.subarray(6)] : [127, ...long];
  return Buffer.concat([Buffer.from([opcode, MASKED | length[0]!, ...length.slice(1), 0, 0, 0, 0]), data]);
}
