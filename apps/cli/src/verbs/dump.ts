import { hex32 } from '@boardwalk/contracts';
import { dumpMemory, FLASH_BASE } from '@boardwalk/flash';
import type { Target } from '@boardwalk/probe';
import { Command } from 'commander';
import { createHash } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { wholeNumber } from '../arguments.ts';
import { CommandError, EXIT, type ExitCode } from '../errors.ts';
import { kib, watchWith } from '../output.ts';
import { probeVerb, withTarget } from '../probe-verb.ts';
import { geometryOfTarget } from '../target-geometry.ts';

interface DumpOptions {
  readonly from?: number;
  readonly bytes?: number;
  readonly operands: readonly string[];
}

/** `boardwalk dump FILE`: any range, odd lengths too. */
export function dump(finish: (code: ExitCode) => void): Command {
  const examples = [
    'boardwalk dump out.bin',
    'boardwalk dump out.bin --bytes 131071',
    'boardwalk dump ram.bin --from 0x20000000 --bytes 20480',
  ];
  const command = new Command('dump')
    .description('read memory into a file, and print its SHA-256')
    .argument('<file>', 'where the bytes go; with --all the slot is put before the ending')
    .option('--from <address>', 'first address (default: the start of flash)', wholeNumber)
    .option('--bytes <count>', 'how many (default: to the end of flash)', wholeNumber)
    .addHelpText('after', `\nExamples:\n  ${examples.join('\n  ')}`);
  return probeVerb<DumpOptions>(command, finish, (chosen, context) =>
    withTarget(chosen, context, async (target) => {
      const { options, output, label, signal } = context;
      const address = options.from ?? FLASH_BASE;
      const sizeBytes = options.bytes ?? (await bytesToEnd(target, address));
      if (sizeBytes === 0)
        throw new CommandError(EXIT.wrongUsage, 'cli.range', 'There is nothing to dump: --bytes is 0.');
      const bar = output.progress(label);
      const startedMs = target.probe.clock.now();
      const data = await dumpMemory(target, { address, sizeBytes }, watchWith(bar, signal)).finally(() =>
        bar.end(),
      );
      const durationMs = target.probe.clock.now() - startedMs;
      const [operand] = options.operands as [string];
      const file = options.all ? operand.replace(/(\.[^./]*)?$/, `-slot${chosen.slot}$1`) : operand;
      write(file, data);
      const sha256 = createHash('sha256').update(data).digest('hex');
      const rate = `${(sizeBytes / 1.024 / durationMs).toFixed(1)} KiB/s`;
      output.say(
        `${label}${sizeBytes} bytes (${kib(sizeBytes)}) from ${hex32(address)} to ${file} at ${rate}`,
      );
      output.say(`${label}SHA-256 ${sha256}`);
      return {
        exitCode: EXIT.pass,
        fields: { file, address: hex32(address), bytes: sizeBytes, sha256, durationMs },
      };
    }),
  );
}

async function bytesToEnd(target: Target, address: number): Promise<number> {
  const { baseAddress, sizeBytes } = await geometryOfTarget(target);
  const left = baseAddress + sizeBytes - address;
  if (left > 0 && left <= sizeBytes) return left;
  throw new CommandError(
    EXIT.wrongUsage,
    'cli.range',
    `${hex32(address)} lies outside flash.`,
    'Say how many with --bytes.',
  );
}

/** Whole or not at all. */
function write(file: string, data: Uint8Array): void {
  try {
    writeFileSync(`${file}.part`, data);
    renameSync(`${file}.part`, file);
  } catch (cause) {
    const says = `The file ${file} cannot be written.`;
    throw new CommandError(EXIT.stationFailed, 'cli.file', says, 'Check the folder and the disk.', { cause });
  }
}
