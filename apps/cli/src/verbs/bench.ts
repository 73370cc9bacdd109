import { Command } from 'commander';
import { measureDumping } from '../benchmark/dumping.ts';
import { measurePeers, type PeerBesideUs, type PeerRow } from '../benchmark/peers.ts';
import { measure, measureProgramming } from '../benchmark/programming.ts';
import { measureSideBySide } from '../benchmark/side-by-side.ts';
import { measureMemory } from '../benchmark/soak.ts';
import {
  dumpInWords,
  headOfTable,
  peersInWords,
  rowInWords,
  sideBySideInWords,
  soakInWords,
} from '../benchmark/words.ts';
import { wholeNumber } from '../arguments.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import { Output } from '../output.ts';

interface BenchOptions {
  readonly json?: boolean;
  readonly soak?: number;
  readonly peers?: boolean;
}

const ABOUT = `
Runs the station on virtual boards behind a V2J37S7 at 4 MHz SWD, medium density, random images, and prints modelled
seconds: the same on every machine. Only the station's own CPU and loop delay are this machine's.
The floor is what the silicon itself needs: one mass erase, 52.5 µs a half-word, two digests of all of flash.

Examples:
  boardwalk bench
  boardwalk bench --json > bench.json
  boardwalk bench --soak 2000`;

/** `boardwalk bench`: the programming-time table in modelled time. */
export function bench(finish: (code: ExitCode) => void): Command {
  return new Command('bench')
    .description('print what programming takes, in modelled time')
    .option('--soak <runs>', 'run this often instead, and print what memory is held', wholeNumber)
    .option(
      '--peers',
      'add OpenOCD and st-flash, in a virtual machine (needs a checkout with QEMU; takes minutes)',
    )
    .option('--json', 'one JSON document on stdout; words on stderr')
    .addHelpText('after', ABOUT)
    .action(async ({ json = false, soak, peers = false }: BenchOptions) => {
      const output = new Output(json);
      if (soak === undefined) await table(output, peers);
      else await memory(output, soak);
      finish(EXIT.pass);
    });
}

async function table(output: Output, withPeers: boolean): Promise<void> {
  output.say(headOfTable());
  const rows = await measureProgramming((row) => output.say(rowInWords(row)));
  const dump = await measureDumping();
  output.say(dumpInWords(dump));
  const sideBySide = await measureSideBySide();
  output.say(sideBySideInWords(sideBySide));
  const peers = withPeers ? await beside(await measurePeers()) : null;
  if (peers) output.say(peersInWords(peers));
  output.document({ rows, dump, ...sideBySide, ...(peers ? { peers } : {}) });
}

/** Our own whole run on the same board, beside each peer's figures. */
async function beside(peers: readonly PeerRow[]): Promise<readonly PeerBesideUs[]> {
  const rows: PeerBesideUs[] = [];
  for (const peer of peers) rows.push({ ...peer, wholeRunS: (await measure(peer, 'full')).totalS });
  return rows;
}

async function memory(output: Output, runs: number): Promise<void> {
  const bar = output.progress('');
  const soak = await measureMemory(runs, (done) => bar.update('runs', done, runs));
  bar.end();
  output.say(soakInWords(soak));
  output.document({ soak });
}
