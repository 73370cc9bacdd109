import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { createVirtualBench, serveControl, serveUsbip, type Ledger } from '@boardwalk/virtual-bench';
import { GuestMachine, HOST_ADDRESS } from './machine/guest-machine.ts';
import type { CommandResult } from './machine/command-channel.ts';

export interface GuestBenchOptions {
  /** Guest TCP ports that the host wants to reach. */
  readonly forward?: readonly number[];
  /** See serveUsbip: `stands` for tests of modelled time. */
  readonly hostTime?: 'passes' | 'stands';
}

/** A virtual bench on the host whose probes are plugged into a guest by the guest's own kernel. */
export class GuestBench {
  private constructor(
    readonly guest: GuestMachine,
    readonly ports: { readonly usbip: number; readonly control: number },
    private readonly stop: () => Promise<void>,
  ) {}

  static async start(boards: readonly string[], options: GuestBenchOptions = {}): Promise<GuestBench> {
    const { forward = [], hostTime = 'passes' } = options;
    const bench = await createVirtualBench({ boards: [...boards], seed: 7, threads: 'inline' });
    const usbip = await serveUsbip({ bench, host: '127.0.0.1', port: 0, hostTime });
    const control = await serveControl({ bench, host: '127.0.0.1', port: 0 });
    const guest = await GuestMachine.boot({ forward });
    const stop = async (): Promise<void> => {
      await guest.powerOff();
      await Promise.all([usbip.close(), control.close()]);
      await bench.close();
    };
    const started = new GuestBench(guest, { usbip: usbip.port, control: control.port }, stop);
    for (const { portPath } of bench.slots) await started.attach(portPath);
    return started;
  }

  /** Plugs a probe in and waits until the guest's kernel has read its configuration. */
  async attach(busId: string): Promise<void> {
    const before = `before=$(ls /sys/bus/usb/devices | grep -c ':1.0')`;
    const attach = `usbip --tcp-port ${this.ports.usbip} attach -r ${HOST_ADDRESS} -b ${busId}`;
    const wait = `for i in $(seq 100); do [ $(ls /sys/bus/usb/devices | grep -c ':1.0') -gt $before ] && exit 0; sleep 0.1; done; exit 1`;
    const result = await this.guest.run(`${before}; ${attach} || exit 1; ${wait}`);
    if (result.code !== 0) throw new Error(`usbip attach failed: ${result.stderr}`);
  }

  run(command: string): Promise<CommandResult> {
    return this.guest.run(command);
  }

  /** Asks the control port, as anybody could. */
  async control(line: string): Promise<Record<string, unknown>> {
    const socket = connect(this.ports.control, '127.0.0.1');
    try {
      socket.write(`${line}\n`);
      const [answer] = (await once(createInterface({ input: socket }), 'line')) as [string];
      const document = JSON.parse(answer) as Record<string, unknown>;
      if (document['ok'] !== true) throw new Error(`${line}: ${String(document['message'])}`);
      return document;
    } finally {
      socket.destroy();
    }
  }

  /** What truly stands in a board's flash. */
  async flash(slot: number): Promise<Buffer> {
    return Buffer.from((await this.control(`flash ${slot}`))['base64'] as string, 'base64');
  }

  async ledger(slot: number): Promise<Ledger> {
    return (await this.control(`ledger ${slot}`))['ledger'] as Ledger;
  }

  close(): Promise<void> {
    return this.stop();
  }
}

/** Bytes that repeat from run to run and have no blank half-word. */
export function pattern(sizeBytes: number, seed: number): Buffer {
  const bytes = Buffer.alloc(sizeBytes);
  let state = seed >>> 0;
  for (let i = 0; i < sizeBytes; i += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = (state >>> 24) & 0x7f;
  }
  return bytes;
}
