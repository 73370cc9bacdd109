// What OpenOCD and st-flash take on the same virtual boards: prints one JSON document of modelled seconds.
//   node --import tsx --conditions=@boardwalk/source test/vm/peers.ts
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GuestBench, pattern } from './guest-bench.ts';
import { OpenOcdSession, TELNET_PORT } from './openocd-session.ts';

const PS_PER_S = 1e12;
const SIZES = [
  { kib: 16, profile: 'f103c8', flashKib: 64 },
  // All of the smaller part is erased at once; of the larger one page by page.
  { kib: 64, profile: 'f103c8', flashKib: 64 },
  { kib: 64, profile: 'f103cb', flashKib: 128 },
  { kib: 128, profile: 'f103cb', flashKib: 128 },
];
// The target's script sets a speed of its own, so ours comes after it.
const OPENOCD = "-f interface/stlink.cfg -f target/stm32f1x.cfg -c 'adapter speed 4000'";

/** Modelled seconds of one size on a board without a blank cell. */
interface PeerRow {
  readonly kib: number;
  readonly profile: string;
  readonly openocd: { readonly writeS: number; readonly verifyS: number; readonly dumpS: number };
  readonly stFlash: { readonly writeS: number; readonly readS: number };
}

const directory = mkdtempSync(join(tmpdir(), 'boardwalk-peers-'));
try {
  const rows: PeerRow[] = [];
  for (const size of SIZES) rows.push(await measure(size));
  process.stdout.write(`${JSON.stringify({ peers: rows })}\n`);
} finally {
  rmSync(directory, { recursive: true, force: true });
}

async function measure({ kib, profile, flashKib }: (typeof SIZES)[number]): Promise<PeerRow> {
  const full = join(directory, `full-${flashKib}.bin`);
  writeFileSync(full, pattern(flashKib * 1024, 2));
  const board = `${profile}+firmware=${full}`;
  const openocd = await onBench(board, 'stands', kib, withOpenOcd);
  // st-flash sleeps while its loader runs, and gives up on one that stands meanwhile: its time is the guest's, too.
  const stFlash = await onBench(board, 'passes', kib, withStFlash);
  return { kib, profile, openocd, stFlash };
}

async function onBench<Figures>(
  board: string,
  hostTime: 'passes' | 'stands',
  kib: number,
  work: (bench: GuestBench, kib: number) => Promise<Figures>,
): Promise<Figures> {
  const bench = await GuestBench.start([board], { forward: [TELNET_PORT], hostTime });
  try {
    await bench.run(`base64 -d >/tmp/image.bin <<< '${pattern(kib * 1024, 1).toString('base64')}'`);
    return await work(bench, kib);
  } finally {
    await bench.close();
  }
}

async function withOpenOcd(bench: GuestBench, kib: number): Promise<PeerRow['openocd']> {
  const session = await OpenOcdSession.start(bench, OPENOCD);
  try {
    await session.type('reset halt');
    const timed = async (command: string): Promise<number> => {
      const before = (await bench.ledger(1)).nowPs;
      await session.type(command);
      return ((await bench.ledger(1)).nowPs - before) / PS_PER_S;
    };
    const writeS = await timed('flash write_image erase /tmp/image.bin 0x08000000');
    if (!(await bench.flash(1)).subarray(0, kib * 1024).equals(pattern(kib * 1024, 1)))
      throw new Error('OpenOCD did not write the image.');
    const verifyS = await timed('verify_image /tmp/image.bin 0x08000000');
    const dumpS = await timed(`dump_image /tmp/dump.bin 0x08000000 ${kib * 1024}`);
    return { writeS, verifyS, dumpS };
  } finally {
    await session.stop();
  }
}

async function withStFlash(bench: GuestBench, kib: number): Promise<PeerRow['stFlash']> {
  const timed = async (command: string): Promise<number> => {
    const before = (await bench.ledger(1)).nowPs;
    const { code, stderr } = await bench.run(command);
    if (code !== 0) throw new Error(`${command}: ${stderr}`);
    return ((await bench.ledger(1)).nowPs - before) / PS_PER_S;
  };
  const writeS = await timed('st-flash write /tmp/image.bin 0x08000000');
  const readS = await timed(`st-flash read /tmp/read.bin 0x08000000 ${kib * 1024}`);
  return { writeS, readS };
}
