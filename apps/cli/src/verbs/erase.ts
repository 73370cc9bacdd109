import { FlashEngine, type FlashGeometry, readGeometry } from '@boardwalk/flash';
import { Command } from 'commander';
import { range as parseRange } from '../arguments.ts';
import { CommandError, EXIT, type ExitCode } from '../errors.ts';
import { watchWith } from '../output.ts';
import { probeVerb, withTarget } from '../probe-verb.ts';

interface EraseOptions {
  readonly range?: { readonly address: number; readonly bytes: number };
}

/** `boardwalk erase`: the whole flash, or the pages of a range. */
export function erase(finish: (code: ExitCode) => void): Command {
  const command = new Command('erase')
    .description('erase the whole flash, or the pages of a range')
    .option('--range <address,bytes>', 'the pages that hold these bytes', parseRange)
    .addHelpText(
      'after',
      '\nExamples:\n  boardwalk erase --slot 2\n  boardwalk erase --range 0x08004000,8192',
    );
  return probeVerb<EraseOptions>(command, 'changes', finish, (chosen, context) =>
    withTarget(chosen, context, async (target) => {
      const { options, output, label, signal } = context;
      const geometry = await readGeometry(target);
      const pages = options.range ? pagesOf(options.range, geometry) : null;
      const engine = await FlashEngine.open(target, geometry);
      const bar = output.progress(label);
      const watch = watchWith(bar, signal);
      await (pages ? engine.erasePages(pages, watch) : engine.massErase(watch)).finally(() => bar.end());
      const bytes = pages ? pages.length * geometry.pageBytes : geometry.sizeBytes;
      output.say(
        `${label}Erased ${pages ? `${pages.length} pages` : 'the whole flash'}, ${bytes / 1024} KiB.`,
      );
      return { exitCode: EXIT.pass, fields: { erased: pages ? 'pages' : 'all', bytes } };
    }),
  );
}

function pagesOf({ address, bytes }: { address: number; bytes: number }, geometry: FlashGeometry): number[] {
  const { baseAddress, sizeBytes, pageBytes } = geometry;
  if (bytes === 0 || address < baseAddress || address + bytes > baseAddress + sizeBytes) {
    throw new CommandError('cli.range', {});
  }
  const pages = [];
  for (let page = address - (address % pageBytes); page < address + bytes; page += pageBytes)
    pages.push(page);
  return pages;
}
