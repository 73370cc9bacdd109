import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommandChannel, type CommandResult } from './command-channel.ts';
import { buildInitramfs } from './initramfs.ts';
import { findKernel } from './kernel.ts';

const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/boardwalk-vm', import.meta.url));
/** Mounted in the guest at the same path, wherever it lies. The kernel's command line ends a word at a blank. */
const CHECKOUT = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');
/** What the guest calls the host under QEMU's user-mode network. */
export const HOST_ADDRESS = '10.0.2.2';

export interface GuestOptions {
  /** Guest TCP ports that the host wants to reach. */
  readonly forward?: readonly number[];
  readonly memoryMib?: number;
}

/** A small PC without KVM on the host's own root file system, of which it changes nothing. */
export class GuestMachine {
  private constructor(
    private readonly qemu: ChildProcess,
    private readonly channel: CommandChannel,
    private readonly directory: string,
    private readonly ports: ReadonlyMap<number, number>,
  ) {}

  /** Boots; resolves when the guest takes commands. @throws Error with the console's last lines */
  static async boot(options: GuestOptions = {}): Promise<GuestMachine> {
    mkdirSync(CACHE, { recursive: true });
    const kernel = findKernel(CACHE);
    const directory = mkdtempSync(join(tmpdir(), 'boardwalk-vm-'));
    const initramfs = buildInitramfs(kernel, directory);
    const ports = new Map<number, number>();
    for (const port of options.forward ?? []) ports.set(port, await freePort());
    const socket = join(directory, 'agent');
    const args = qemuArguments(kernel.image, initramfs, socket, ports, options.memoryMib ?? 1536);
    const qemu = spawn('qemu-system-x86_64', args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let log = '';
    for (const stream of [qemu.stdout, qemu.stderr]) {
      stream.on('data', (data: Buffer) => (log = (log + data.toString('latin1')).slice(-8000)));
    }
    const died = once(qemu, 'exit').then(([code]) => {
      throw new Error(`The guest ended (${String(code)}).\n${log}`);
    });
    died.catch(() => undefined);
    const channel = await Promise.race([CommandChannel.open(socket), died]);
    await Promise.race([channel.ready, died]);
    return new GuestMachine(qemu, channel, directory, ports);
  }

  /** Runs a shell command as root; resolves when it has ended. */
  run(command: string): Promise<CommandResult> {
    return this.channel.run(command);
  }

  /** The port of the host that leads to `guestPort`. */
  forwarded(guestPort: number): number {
    return this.ports.get(guestPort)!;
  }

  async powerOff(): Promise<void> {
    this.channel.close();
    const gone = once(this.qemu, 'exit');
    this.qemu.kill('SIGKILL');
    await gone;
    rmSync(this.directory, { recursive: true, force: true });
  }
}

function qemuArguments(
  image: string,
  initramfs: string,
  agent: string,
  ports: ReadonlyMap<number, number>,
  memoryMib: number,
): string[] {
  const forwards = [...ports].map(([guest, host]) => `,hostfwd=tcp:127.0.0.1:${host}-:${guest}`).join('');
  return [
    ...['-accel', 'tcg,thread=multi', '-machine', 'q35', '-cpu', 'max', '-smp', '2', '-m', `${memoryMib}`],
    ...['-display', 'none', '-no-reboot', '-nodefaults', '-serial', 'stdio'],
    ...['-kernel', image, '-initrd', initramfs],
    ...[
      '-append',
      'console=ttyS0 quiet panic=-1 mitigations=off nokaslr tsc=reliable no_timer_check rdinit=/init ' +
        `checkout=${CHECKOUT}`,
    ],
    ...['-fsdev', 'local,id=host,path=/,security_model=none,readonly=on,multidevs=remap'],
    ...['-device', 'virtio-9p-pci,fsdev=host,mount_tag=host'],
    ...['-fsdev', `local,id=checkout,path=${CHECKOUT},security_model=none,readonly=on,multidevs=remap`],
    ...['-device', 'virtio-9p-pci,fsdev=checkout,mount_tag=checkout'],
    ...['-netdev', `user,id=net${forwards}`, '-device', 'virtio-net-pci,netdev=net,romfile='],
    ...['-chardev', `socket,id=agent,path=${agent},server=on,wait=off`],
    ...['-device', 'virtio-serial-pci', '-device', 'virtserialport,chardev=agent,name=agent'],
    ...['-object', 'rng-random,id=rng,filename=/dev/urandom', '-device', 'virtio-rng-pci,rng=rng'],
  ];
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
