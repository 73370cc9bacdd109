import type { FoundProbe } from '@boardwalk/probe';
import type { ProbeOptions } from './arguments.ts';
import type { HeldBench } from './bench.ts';
import { CommandError } from './errors.ts';
import type { Output } from './output.ts';

/** A probe with the slot name it has on this bench. */
export interface Chosen {
  readonly slot: string;
  readonly found: FoundProbe;
}

/** Whether a verb only reads, or leaves a board other than it was. */
export type VerbKind = 'reads' | 'changes';

/**
 * The probes that the options name. With one probe none need be named. With several, a verb that changes a board does
 * nothing until one is named; a verb that only reads takes slot 1 of a virtual bench.
 * @throws CommandError that lists the probes
 */
export function choose(
  bench: HeldBench,
  options: ProbeOptions,
  output: Output,
  kind: VerbKind,
): readonly Chosen[] {
  const all = bench.probes.map((found, index) => ({ slot: String(index + 1), found }));
  if (all.length === 0) {
    throw new CommandError('cli.no_probe', {});
  }
  if (options.all) return all;
  const matching = all.filter(({ slot, found }) => matches(options, slot, found));
  const named = options.slot ?? options.port ?? options.serial;
  if (named !== undefined) return [only(matching, named, all)];
  if (all.length === 1) return all;
  if (bench.kind === 'virtual' && kind === 'reads') {
    output.note(`Slot 1 of ${all.length} is taken; name another with --slot.`);
    return all.slice(0, 1);
  }
  const key = kind === 'changes' ? 'cli.ambiguous:changes' : 'cli.ambiguous';
  throw new CommandError(key, { count: all.length, probes: listed(all) });
}

function matches({ slot: name, port, serial }: ProbeOptions, slot: string, found: FoundProbe): boolean {
  return (
    (name === undefined || name === slot) &&
    (port === undefined || port === found.portPath) &&
    (serial === undefined || serial.toUpperCase() === found.serial?.toUpperCase())
  );
}

function only(matching: readonly Chosen[], named: string, all: readonly Chosen[]): Chosen {
  const [one, second] = matching;
  if (!one) throw new CommandError('cli.unknown_probe', { name: named, probes: listed(all) });
  const count = matching.length;
  if (second)
    throw new CommandError('cli.ambiguous:serial', { count, name: named, probes: listed(matching) });
  return one;
}

function listed(chosen: readonly Chosen[]): string {
  const words = chosen.map(({ slot, found: { portPath, model, serial } }) => {
    return `slot ${slot} on port ${portPath} (${model}, ${serial ?? 'no serial'})`;
  });
  return `On this bench: ${words.join(', ')}.`;
}
