import { BenchChoice, ConnectMode } from '@boardwalk/contracts';
import { InvalidArgumentError, Option } from 'commander';

/** A whole number in decimal or 0x hex, not negative; for addresses and byte counts. */
export function wholeNumber(text: string): number {
  if (!/^(0x[0-9a-f]+|\d+)$/i.test(text))
    throw new InvalidArgumentError('Give a whole number, decimal or 0x hex.');
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value > 0xffff_ffff)
    throw new InvalidArgumentError('That is beyond 32 bits.');
  return value;
}

/** `ADDRESS,BYTES`, as `--range` takes it. */
export function range(text: string): { address: number; bytes: number } {
  const [address, bytes, ...rest] = text.split(',');
  if (address === undefined || bytes === undefined || rest.length > 0) {
    throw new InvalidArgumentError('Give ADDRESS,BYTES, such as 0x08000000,4096.');
  }
  return { address: wholeNumber(address), bytes: wholeNumber(bytes) };
}

/** Options of every verb that talks to probes. */
export interface ProbeOptions {
  slot?: string;
  port?: string;
  serial?: string;
  all?: boolean;
  bench?: BenchChoice;
  json?: boolean;
  speed: number;
  connect: ConnectMode;
  wait: number;
}

export const PROBE_OPTIONS: readonly Option[] = [
  new Option('--slot <name>', 'the slot by its name (1, 2, … in port order)'),
  new Option('--port <chain>', 'the USB port, bus-port chain such as 1-4.2'),
  new Option('--serial <serial>', 'the probe by its serial; refused when it is not unique'),
  new Option('--all', 'every probe on the bench, side by side'),
  new Option('--bench <kind>', 'where the probes are (default: BOARDWALK_BENCH, else auto)').choices(
    BenchChoice.options,
  ),
  new Option('--json', 'one JSON document on stdout; words and progress on stderr'),
];

export const TARGET_OPTIONS: readonly Option[] = [
  new Option('--speed <kHz>', 'SWD clock; the probe takes its fastest not above')
    .argParser(wholeNumber)
    .default(4000),
  new Option('--connect <mode>', 'how to attach to the core')
    .choices(ConnectMode.options)
    .default('under-reset'),
  new Option('--wait <seconds>', 'keep trying this long, while you hold the reset button')
    .argParser(wholeNumber)
    .default(0),
];
