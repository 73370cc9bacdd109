import type { StepOf } from '@boardwalk/contracts';
import { Command } from 'commander';
import type { Target } from '@boardwalk/debug';
import { openProbe, USUAL_REPEATS, type Probe } from '@boardwalk/probe';
import { ATTACH_RETRIES, type Supply } from '@boardwalk/station';
import { PROBE_OPTIONS, TARGET_OPTIONS, type ProbeOptions } from './arguments.ts';
import { holdBench } from './bench.ts';
import { EXIT, type ExitCode } from './errors.ts';
import { explain } from './failures.ts';
import { Output } from './output.ts';
import { choose, type Chosen, type VerbKind } from './selection.ts';
import { supplyOf, withVolts } from './supply.ts';

/** What a verb found out about one probe: an exit code, and fields for `--json`. */
export interface VerbResult {
  readonly exitCode: ExitCode;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface VerbContext<Options> {
  readonly options: Options & ProbeOptions;
  readonly output: Output;
  readonly signal: AbortSignal;
  /** Prefix of lines and bars when several probes are at work: `slot 2: `, else empty. */
  readonly label: string;
  readonly kind: VerbKind;
}

const SELECT = '\nWith more than one probe, select with --slot, --port, --serial or --all.';

type Work<Options> = (chosen: Chosen, context: VerbContext<Options>) => Promise<VerbResult>;

/** A verb on one or more probes: adds the options, holds the bench, works side by side, ends in the worst code. */
export function probeVerb<Options>(
  command: Command,
  kind: VerbKind,
  finish: (code: ExitCode) => void,
  work: Work<Options>,
): Command {
  if (kind === 'changes') command.addHelpText('after', SELECT);
  for (const option of [...PROBE_OPTIONS, ...TARGET_OPTIONS]) command.addOption(option);
  return command.action(async () => {
    const options = command.opts<Options & ProbeOptions>();
    const operands = command.args;
    const output = new Output(options.json ?? false);
    const stop = new AbortController();
    const onInterrupt = (): void => stop.abort();
    process.once('SIGINT', onInterrupt);
    const bench = await holdBench(nameOf(command), options, output);
    try {
      const chosen = choose(bench, options, output, kind);
      const results = await Promise.all(
        chosen.map(async (one) => {
          const label = chosen.length > 1 ? `slot ${one.slot}: ` : '';
          const context = {
            options: Object.assign({}, options, { operands }),
            output,
            signal: stop.signal,
            label,
            kind,
          };
          try {
            const { exitCode, fields } = await work(one, context);
            return {
              exitCode,
              document: { slot: one.slot, port: one.found.portPath, bench: bench.kind, ...fields },
            };
          } catch (cause) {
            const { exitCode, code, message, remedy } = explain(cause);
            output.note(`${label}${message}${remedy ? ` ${remedy}` : ''}`);
            return {
              exitCode,
              document: {
                slot: one.slot,
                port: one.found.portPath,
                bench: bench.kind,
                error: { code, message, remedy },
              },
            };
          }
        }),
      );
      const documents = results.map(({ document }) => document);
      output.document(options.all ? { results: documents } : documents[0]);
      const worst = Math.max(...results.map(({ exitCode }) => exitCode)) as ExitCode;
      finish(stop.signal.aborted ? EXIT.interrupted : worst);
    } finally {
      process.removeListener('SIGINT', onInterrupt);
      await bench.close();
    }
  });
}

/** `dump`, `options get`. */
function nameOf(command: Command): string {
  const parent = command.parent;
  return parent?.parent ? `${parent.name()} ${command.name()}` : command.name();
}

/** Attaches as the options say, looks at the supply, works, and lets the target run again. */
export async function withTarget<Result>(
  { found }: Chosen,
  context: VerbContext<unknown>,
  work: (target: Target, supply: Supply, probe: Probe) => Promise<Result>,
  after: StepOf<'reset'>['finalState'] = 'run',
): Promise<Result> {
  const { options } = context;
  const probe = await openProbe(found.device, { repeats: USUAL_REPEATS });
  try {
    const target = await attach(probe, context);
    try {
      return await work(target, await supplyOf(probe, context), probe);
    } finally {
      if (after === 'run' && options.connect !== 'hot') await target.resetAndRun().catch(() => undefined);
    }
  } finally {
    await probe.close();
  }
}

async function attach(
  probe: Probe,
  { options, output, signal, label }: VerbContext<unknown>,
): Promise<Target> {
  try {
    return await probe.attach({
      connect: options.connect,
      speedKhz: options.speed,
      waitMs: options.wait * 1000,
      retries: ATTACH_RETRIES,
      signal,
      onWaiting: (elapsedMs) => {
        if (elapsedMs < 60 && options.wait > 0)
          output.note(
            `${label}No target answers yet; trying for ${options.wait} s. Let go of the reset button.`,
          );
      },
    });
  } catch (cause) {
    throw await withVolts(cause, probe);
  }
}
