import { DEFAULT_STEPS, EXIT, RecipeStep, REFUSALS, refusalCodeOf } from '@boardwalk/contracts';
import { Bench, UNWATCHED, type RunRequest, type RunResult, type RunSink } from '@boardwalk/station';
import { Command } from 'commander';
import { PassedOn, type ExitCode } from '../errors.ts';
import { FILE_OPTIONS, readImageFile, type FileOptions } from '../image-file.ts';
import { seconds, type ProgressLine } from '../output.ts';
import { probeVerb, type VerbContext } from '../probe-verb.ts';
import type { Chosen } from '../selection.ts';

interface FlashOptions extends FileOptions {
  readonly operands: readonly string[];
}
type FlashContext = VerbContext<FlashOptions>;

/** `boardwalk flash FILE`: a run of the station's own engine. */
export function flash(finish: (code: ExitCode) => void): Command {
  const examples = [
    'boardwalk flash app.hex --slot 2',
    'boardwalk flash app.bin --at 0x08005000 --slot 2',
    'boardwalk flash app.hex --move-to 0x08005000',
    'boardwalk flash settings.bin --raw --at 0x0800fc00',
    'boardwalk flash app.elf --all --json',
  ];
  const command = new Command('flash')
    .description('erase what is needed, program, verify, reset')
    .argument('<file>', 'Intel HEX, S-records, ELF or a raw binary; the content decides, not the name')
    .addHelpText('after', `\nExamples:\n  ${examples.join('\n  ')}`);
  for (const option of FILE_OPTIONS) command.addOption(option);
  return probeVerb<FlashOptions>(command, 'changes', finish, flashOne);
}

async function flashOne({ slot, found }: Chosen, context: FlashContext) {
  const { options, output, signal, label } = context;
  const { image, imageSha256, fileSha256, name } = readImageFile(options.operands[0]!, options);
  const only = {
    devices: async () => [found.device],
    onChange: () => () => undefined,
    close: async () => undefined,
  };
  const bench = await Bench.open({ bus: only, slots: [{ name: slot, portPath: found.portPath }], pollMs: 0 });
  const bar = output.progress(label);
  const recipe = recipeFor(options);
  const request = { runId: 'cli', jobId: 'cli', recipe, image, imageSha256, serial: null };
  const result = await bench.slot(slot)!.run(request, sinkOf(context, bar), signal);
  bar.end();
  await bench.close();
  refuseMisfit(result);
  const { outcome, detail, remedy, steps } = result;
  const totalMs = steps.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0);
  const why = outcome === 'PASS' ? '' : ` ${detail ?? ''} ${remedy ?? ''}`;
  output.say(`${label}${outcome}: ${name}, ${image.sizeBytes} bytes, in ${seconds(totalMs)}.${why}`);
  const { format, raw, sizeBytes } = image;
  const fields = { file: name, imageSha256, fileSha256, format, raw, imageBytes: sizeBytes, ...result };
  return { exitCode: exitOf(result), fields };
}

function exitOf({ outcome, reason }: RunResult): ExitCode {
  return outcome === 'PASS' ? EXIT.pass : EXIT[REFUSALS[refusalCodeOf(reason) ?? 'station-failed'].exit];
}

/** An image that does not belong into this chip is the file’s fault, not the board’s. @throws PassedOn */
function refuseMisfit({ reason, detail, remedy, steps }: RunResult): void {
  if (reason !== 'image-does-not-fit') return;
  const said = steps.findLast(({ code }) => code !== null)?.code;
  const known = refusalCodeOf(said);
  const code = known === null || known === 'image-does-not-fit' ? 'flash.outside' : known;
  throw new PassedOn(code, detail ?? 'The image does not fit.', remedy);
}

function sinkOf({ output, label }: FlashContext, bar: ProgressLine): RunSink {
  return {
    ...UNWATCHED,
    step: async ({ state, step, detail, durationMs }) => {
      if (state === 'running') return;
      bar.end();
      const took = durationMs === null ? '' : ` (${seconds(durationMs)})`;
      output.say(`${label}${step.padEnd(8)} ${detail}${took}`);
    },
    progress: ({ step, doneBytes, totalBytes }) => bar.update(step, doneBytes, totalBytes),
  };
}

function recipeFor({ connect, speed, wait }: FlashContext['options']): RunRequest['recipe'] {
  // A person at the command line waits: nothing is dumped.
  const steps = DEFAULT_STEPS.filter((step) => step !== 'dump').map((step) =>
    RecipeStep.parse(
      step === 'connect' ? { step, mode: connect, speedKhz: speed, waitSeconds: wait } : { step },
    ),
  );

  return { name: 'flash', revision: 1, steps, timeoutSeconds: 600 };
}
