import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GuestBench } from './guest-bench.ts';

export const TELNET_PORT = 4444;
export const GDB_PORT = 3333;

/** OpenOCD as a daemon in the guest, spoken to through its telnet port as a person would. */
export class OpenOcdSession {
  #received = '';
  #wake: () => void = () => undefined;
  #typed = 0;

  private constructor(
    private readonly bench: GuestBench,
    private readonly socket: Socket,
  ) {
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      this.#received += text.replaceAll('\0', '');
      this.#wake();
    });
    socket.on('error', () => undefined);
  }

  static async start(bench: GuestBench, options: string): Promise<OpenOcdSession> {
    const command = `openocd -c 'bindto 0.0.0.0' ${options} >/tmp/openocd.log 2>&1 & echo $! >/tmp/openocd.pid`;
    await bench.run(
      `${command}; for i in $(seq 100); do grep -q 'for telnet\\|gdb conn' /tmp/openocd.log && break; sleep 0.1; done`,
    );
    const socket = await reach(bench.guest.forwarded(TELNET_PORT));
    const session = new OpenOcdSession(bench, socket);
    await session.type('version');
    return session;
  }

  /**
   * Types a line and returns what is printed until it has ended. Log lines reprint the prompt, so that a line of our
   * own marks the end.
   */
  async type(line: string): Promise<string> {
    const end = `end-of-${(this.#typed += 1)}`;
    this.#received = '';
    this.socket.write(`${line}\necho ${end}\n`);
    const text = await this.#until(new RegExp(`[\r\n]${end}[\r\n]`));
    return text.replaceAll('\r', '').split(`echo ${end}`)[0]!;
  }

  async log(): Promise<string> {
    return (await this.bench.run('cat /tmp/openocd.log')).stdout;
  }

  async stop(): Promise<void> {
    this.socket.destroy();
    await this.bench.run(
      'kill $(cat /tmp/openocd.pid); while kill -0 $(cat /tmp/openocd.pid) 2>/dev/null; do sleep 0.05; done',
    );
  }

  async #until(end: RegExp): Promise<string> {
    for (;;) {
      const text = this.#received;
      if (end.test(text)) return text;
      const woken = new Promise<string>((resolve) => (this.#wake = () => resolve('data')));
      const silent = sleep(60_000, 'silent', { ref: false });
      if ((await Promise.race([woken, silent])) === 'silent')
        throw new Error(`OpenOCD fell silent after: ${text}`);
    }
  }
}

/** QEMU's port forward accepts before the guest listens; a connection that stays is the guest's. */
async function reach(port: number): Promise<Socket> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    const first = await Promise.race([
      once(socket, 'readable').then(() => 'data'),
      once(socket, 'close'),
      sleep(3000),
    ]);
    if (first === 'data' && socket.readableLength > 0) return socket;
    socket.destroy();
    await sleep(100);
  }
  throw new Error('OpenOCD does not answer on its telnet port.');
}
