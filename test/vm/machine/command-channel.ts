import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/** The longest that QEMU may take to open its socket, ms. */
const CONNECT_MS = 60_000;

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The host's end of the guest's agent: commands go in, results come back by their id. */
export class CommandChannel {
  readonly ready: Promise<void>;
  readonly #waiting = new Map<string, (result: CommandResult) => void>();
  #nextId = 1;

  private constructor(private readonly socket: Socket) {
    this.ready = new Promise((resolve) => this.#waiting.set('ready', () => resolve()));
    createInterface({ input: socket }).on('line', (line) => this.#take(line));
    socket.on('error', () => undefined);
  }

  /** Connects as soon as QEMU has made its socket and listens on it. */
  static async open(path: string): Promise<CommandChannel> {
    const end = performance.now() + CONNECT_MS;
    for (;;) {
      const socket = existsSync(path) ? await connected(path) : null;
      if (socket) return new CommandChannel(socket);
      if (performance.now() > end)
        throw new Error(
          `QEMU listens on no socket after ${CONNECT_MS} ms: ${path} ${existsSync(path) ? 'refuses' : 'is not there'}`,
        );
      await sleep(20);
    }
  }

  run(command: string): Promise<CommandResult> {
    const id = `c${this.#nextId++}`;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.socket.write(`${id} ${Buffer.from(command).toString('base64')}\n`);
    });
  }

  close(): void {
    this.socket.destroy();
  }

  #take(line: string): void {
    const [id = '', code, stdout = '', stderr = ''] = line.split(' ');
    const resolve = this.#waiting.get(id);
    this.#waiting.delete(id);
    resolve?.({ code: Number(code), stdout: decode(stdout), stderr: decode(stderr) });
  }
}

/** Null where the socket is made and nobody listens yet. */
async function connected(path: string): Promise<Socket | null> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    return socket;
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== 'ECONNREFUSED') throw cause;
    return null;
  }
}

function decode(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}
