import { hex32, hexByte } from '@boardwalk/contracts';
import { FlashEngine, type Mismatch, planFlash, readGeometry } from '@boardwalk/flash';
import { Command } from 'commander';
import { EXIT, type ExitCode } from '../errors.ts';
import { FILE_OPTIONS, readImageFile, type FileOptions } from '../image-file.ts';
import { watchWith } from '../output.ts';
import { probeVerb, withTarget } from '../probe-verb.ts';

interface VerifyOptions extends FileOptions {
  readonly readback?: boolean;
  readonly operands: readonly string[];
}

/** `boardwalk verify FILE`: compares flash with the file, changes nothing. */
export function verify(finish: (code: ExitCode) => void): Command {
  const command = new Command('verify')
    .description('compare flash with a file; changes nothing')
    .argument('<file>', 'Intel HEX, S-records, ELF or a raw binary; the content decides, not the name')
    .option('--readback', 'read every byte over SWD instead of hashing on the target')
    .addHelpText(
      'after',
      '\nExamples:\n  boardwalk verify app.hex --slot 2\n  boardwalk verify app.bin --at 0x08005000',
    );
  for (const option of FILE_OPTIONS) command.addOption(option);
  return probeVerb<VerifyOptions>(command, 'reads', finish, (chosen, context) => {
    const { options, output, label, signal } = context;
    const { image, imageSha256, fileSha256, name } = readImageFile(options.operands[0]!, options);
    return withTarget(chosen, context, async (target) => {
      const geometry = await readGeometry(target);
      const plan = planFlash(image, geometry);
      const engine = await FlashEngine.open(target, geometry);
      const bar = output.progress(label);
      const method = options.readback ? 'readback' : 'auto';
      const result = await engine.verify(plan, method, watchWith(bar, signal)).finally(() => bar.end());
      const { mismatch } = result;
      const equal = `EQUAL: flash holds ${name}, ${image.sizeBytes} bytes, by ${result.method}.`;
      output.say(`${label}${mismatch ? differs(mismatch, name) : equal}`);
      const fields = { file: name, imageSha256, fileSha256, equal: !mismatch, ...result };
      return { exitCode: mismatch ? EXIT.boardFailed : EXIT.pass, fields };
    });
  });
}

function differs({ address, expected, actual }: Mismatch, name: string): string {
  return `DIFFERS: at ${hex32(address)} flash reads ${hexByte(actual)}, ${name} has ${hexByte(expected)}.`;
}
