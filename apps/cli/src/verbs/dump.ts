import { hex32 } from '@boardwalk/contracts';
import {
  dumpMemory,
  expectedBytes,
  FlashEngine,
  type FlashGeometry,
  type Image,
  planFlash,
  readGeometry,
  type Watch,
} from '@boardwalk/flash';
import { FLASH_BASE } from '@boardwalk/series';
import type { Target } from '@boardwalk/debug';
import { Command } from 'commander';
import { createHash } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { wholeNumber } from '../arguments.ts';
import { CommandError, EXIT, type ExitCode } from '../errors.ts';
import { readKnownFile } from '../image-file.ts';
import { kib, watchWith } from '../output.ts';
import { probeVerb, withTarget, type VerbContext } from '../probe-verb.ts';

interface DumpOptions {
  readonly from?: number;
  readonly bytes?: number;
  readonly known?: readonly string[];
  readonly readback?: boolean;
  readonly operands: readonly string[];
}

/** `boardwalk dump FILE`: any range, odd lengths too. */
export function dump(finish: (code: ExitCode) => void): Command {
  const examples = [
    'boardwalk dump out.bin',
    'boardwalk dump out.bin --bytes 131071',
    'boardwalk dump out.bin --known app.bin',
    'boardwalk dump ram.bin --from 0x20000000 --bytes 20480',
  ];
  const command = new Command('dump')
    .description('read memory into a file, and print its SHA-256')
    .argument('<file>', 'where the bytes go; with --all the slot is put before the ending')
    .option('--from <address>', 'first address (default: the start of flash)', wholeNumber)
    .option('--bytes <count>', 'how many (default: to the end of flash)', wholeNumber)
    .option(
      '--known <file...>',
      'binaries whose pages are not moved where the target proves that it holds them',
    )
    .option('--readback', 'move every byte, also of pages that the target proves to be blank or known')
    .addHelpText('after', `\nExamples:\n  ${examples.join('\n  ')}`);
  return probeVerb<DumpOptions>(command, 'reads', finish, (chosen, context) =>
    withTarget(chosen, context, async (target) => {
      const { options, output, label, signal } = context;
      const address = options.from ?? FLASH_BASE;
      const sizeBytes = options.bytes ?? (await bytesToEnd(target, address));
      if (sizeBytes === 0) throw new CommandError('cli.range:empty', {});
      const bar = output.progress(label);
      const startedMs = target.link.clock.now();
      const { data, moved } = await read(
        target,
        { address, sizeBytes },
        context,
        watchWith(bar, signal),
      ).finally(() => bar.end());
      const durationMs = target.link.clock.now() - startedMs;
      const [operand] = options.operands as [string];
      const file = options.all ? operand.replace(/(\.[^./]*)?$/, `-slot${chosen.slot}$1`) : operand;
      write(file, data);
      const sha256 = createHash('sha256').update(data).digest('hex');
      const rate = `${(sizeBytes / 1.024 / durationMs).toFixed(1)} KiB/s`;
      output.say(
        `${label}${sizeBytes} bytes (${kib(sizeBytes)}) from ${hex32(address)} to ${file} at ${rate}${moved.words}`,
      );
      output.say(`${label}SHA-256 ${sha256}`);
      return {
        exitCode: EXIT.pass,
        fields: { file, address: hex32(address), bytes: sizeBytes, sha256, durationMs, ...moved.fields },
      };
    }),
  );
}

interface Read {
  readonly data: Uint8Array;
  /** Which pages crossed SWD. */
  readonly moved: { readonly words: string; readonly fields: Readonly<Record<string, number>> };
}

/** Flash of a halted target is dumped by proof; anything else byte for byte, and the target's RAM is left alone. */
async function read(
  target: Target,
  range: { address: number; sizeBytes: number },
  { options }: VerbContext<DumpOptions>,
  watch: Watch,
): Promise<Read> {
  const geometry = await readGeometry(target).catch(() => null);
  const { baseAddress, sizeBytes } = geometry ?? { baseAddress: 0, sizeBytes: 0 };
  const inFlash = range.address >= baseAddress && range.address + range.sizeBytes <= baseAddress + sizeBytes;
  if (!geometry || !inFlash || options.readback || options.connect === 'hot') {
    return { data: await dumpMemory(target, range, watch), moved: { words: '', fields: {} } };
  }
  const engine = await FlashEngine.open(target, geometry);
  const known = (options.known ?? []).flatMap((file) => pagesOf(readKnownFile(file), geometry));
  const { bytes, readPages, provedPages } = await engine.dumpProved(range, known, watch);
  const words =
    provedPages > 0 ? `; ${readPages} pages read, ${provedPages} proved by the target’s SHA-256` : '';
  return { data: bytes, moved: { words, fields: { readPages, provedPages } } };
}

/** An image as it would stand in flash, page by page. */
function pagesOf(image: Image, geometry: FlashGeometry): Uint8Array[] {
  const plan = planFlash(image, geometry);
  return plan.pages.map((page) => expectedBytes(plan, page, geometry.pageBytes));
}

async function bytesToEnd(target: Target, address: number): Promise<number> {
  const { baseAddress, sizeBytes } = await readGeometry(target);
  const left = baseAddress + sizeBytes - address;
  if (left > 0 && left <= sizeBytes) return left;
  throw new CommandError('cli.range:outside', { address: hex32(address) });
}

/** Whole or not at all. */
function write(file: string, data: Uint8Array): void {
  try {
    writeFileSync(`${file}.part`, data);
    renameSync(`${file}.part`, file);
  } catch (cause) {
    throw new CommandError('file-not-written', { file }, cause);
  }
}
