import {
  BOARD_PROFILES,
  createVirtualBench,
  numbersFrom,
  serveControl,
  serveUsbip,
} from '@boardwalk/virtual-bench';
import { Command, InvalidArgumentError, Option } from 'commander';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { EXIT, type ExitCode } from '../errors.ts';
import { Output } from '../output.ts';

interface Address {
  readonly host: string;
  readonly port: number;
}

interface VirtualOptions {
  readonly boards: readonly string[];
  readonly usbip: Address;
  readonly control?: Address;
  readonly hostTime: 'passes' | 'stands';
  readonly seed?: number;
  readonly json?: boolean;
}

interface Closable {
  close(): Promise<void>;
}

const EXAMPLES = `
Examples:
  boardwalk virtual --boards f103c8,cks32,f103cb+rdp1
  boardwalk virtual --boards f103c8 --usbip 127.0.0.1:0 --control 127.0.0.1:3241 --json

Then, on a Linux PC: sudo modprobe vhci-hcd && sudo usbip attach -r 127.0.0.1 -b 1-1
The boards are in memory and new at each start: each has a unique id that no board before it had.

A board spec is profile[+option…].
Profiles: ${[...BOARD_PROFILES.keys()].join(', ')}.
Options: empty, rdp1, rdp2 (STM32F0), wrp, nonrst, firmware=FILE, voltage=VOLTS, probe=MODEL, serial=KIND,
uid=HEX24 (the chip with that unique id: two boards with one, or the same board again).
Every board of cks32-one-uid has the same unique id.`;

/** `boardwalk virtual`: exports virtual ST-LINKs over USB/IP until interrupted. */
export function virtual(finish: (code: ExitCode) => void): Command {
  return new Command('virtual')
    .description('export virtual ST-LINKs over USB/IP until interrupted')
    .requiredOption(
      '--boards <spec,spec…>',
      'one virtual probe and board each, such as cks32+rdp1',
      boardList,
    )
    .addOption(
      new Option('--usbip <host:port>', 'where USB/IP listens; port 0 takes any free one')
        .argParser(address)
        .default({ host: '127.0.0.1', port: 3240 }, '127.0.0.1:3240'),
    )
    .option(
      '--control <host:port>',
      'where the control port listens (JSON lines: ledger, flash N, …)',
      address,
    )
    .addOption(
      new Option(
        '--host-time <what>',
        'passes: boards run on while a client sleeps; stands: only transfers take time',
      )
        .choices(['passes', 'stands'])
        .default('passes'),
    )
    .option('--seed <number>', 'what UIDs and noise are drawn from', seed)
    .option('--json', 'one JSON document on stdout once it listens')
    .addHelpText('after', EXAMPLES)
    .action(async (options: VirtualOptions) => {
      const output = new Output(options.json ?? false);
      const opened: Closable[] = [];
      const interrupted = once(process, 'SIGINT').then(() => EXIT.interrupted);
      const terminated = once(process, 'SIGTERM').then(() => EXIT.pass);
      try {
        await open(options, output, opened);
        finish(await Promise.race([interrupted, terminated]));
      } finally {
        for (const service of opened.reverse()) await service.close();
      }
    });
}

async function open(options: VirtualOptions, output: Output, opened: Closable[]): Promise<void> {
  const { boards, usbip, control, hostTime: time, seed: drawnFrom } = options;
  const bench = await createVirtualBench({
    boards,
    // Without a seed nothing repeats from one start to the next.
    ...(drawnFrom === undefined
      ? { numbers: numbersFrom(randomBytes(8).readBigUInt64BE()) }
      : { seed: drawnFrom }),
  });
  opened.push(bench);
  const exported = await serveUsbip({ bench, ...usbip, hostTime: time });
  opened.push(exported);
  const hand = control && (await serveControl({ bench, ...control }));
  if (hand) opened.push(hand);
  const slots = bench.slots.map(({ portPath }, i) => ({ busId: portPath, board: boards[i] }));
  for (const { busId, board } of slots) output.say(`${busId}  ${board}`);
  output.say(`USB/IP listens on ${usbip.host}:${exported.port}. Ctrl-C ends it.`);
  if (control && hand) output.say(`The control port listens on ${control.host}:${hand.port}.`);
  output.document({
    usbip: { host: usbip.host, port: exported.port },
    control: control && hand ? { host: control.host, port: hand.port } : null,
    slots,
  });
}

function boardList(text: string): string[] {
  const boards = text.split(',').map((spec) => spec.trim());
  if (boards.some((spec) => spec === ''))
    throw new InvalidArgumentError('Give board specs with commas between, such as f103c8,cks32.');
  return boards;
}

function address(text: string): Address {
  const match = /^(?:(\[[0-9a-f:]+\]|[\w.-]+):)?(\d{1,5})$/i.exec(text);
  const port = Number(match?.[2]);
  if (!match || port > 65535) throw new InvalidArgumentError('Give HOST:PORT, such as 127.0.0.1:3240.');
  return { host: match[1]?.replace(/^\[|\]$/g, '') ?? '127.0.0.1', port };
}

function seed(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Give a whole number of at most nine digits.');
  return Number(text);
}
