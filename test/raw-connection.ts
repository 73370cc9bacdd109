import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** The longest that a station may say nothing, ms. */
const SILENCE_MS = 120_000;
const HEAD_END = Buffer.from('\r\n\r\n');

/**
 * One HTTP/1.1 connection that costs its user next to nothing: what a rate is measured through must not be what it
 * measures. Answers must state their length.
 */
export class RawConnection {
  #received: Buffer = Buffer.alloc(0);
  #wake: (() => void) | null = null;
  /** Why no more of the answer comes. */
  #over: string | null = null;

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
      this.#wake?.();
    });
    const ends = (why: string) => () => {
      this.#over = why;
      this.#wake?.();
    };
    socket.setTimeout(SILENCE_MS, ends(`nothing came for ${SILENCE_MS} ms`));
    socket.on('close', ends('the station closed the connection'));
  }

  static async open(url: string): Promise<RawConnection> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    return new RawConnection(socket);
  }

  /** Sends a whole request; resolves with the status of its answer once all of it has come. */
  async send(request: string): Promise<number> {
    this.#over = this.socket.destroyed ? 'the connection is closed' : null;
    this.socket.write(request);
    for (;;) {
      const head = this.#received.indexOf(HEAD_END);
      if (head >= 0) {
        const text = this.#received.toString('latin1', 0, head);
        const length = Number(/^content-length: (\d+)/im.exec(text)![1]);
        const end = head + HEAD_END.length + length;
        if (this.#received.length >= end) {
          this.#received = this.#received.subarray(end);
          return Number(text.slice(9, 12));
        }
      }
      if (this.#over) throw new Error(`${this.#over}; last seen: "${this.#received.toString('latin1')}"`);
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  close(): void {
    this.socket.destroy();
  }
}
