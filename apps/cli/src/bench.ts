import { openBench } from '@boardwalk/bench-source';
import { DEMO_BOARDS, type BenchKind } from '@boardwalk/contracts';
import { findProbes, type FoundProbe } from '@boardwalk/probe';
import { BenchHeldError, claimBench, type BenchClaim } from '@boardwalk/station';
import { resolve } from 'node:path';
import type { ProbeOptions } from './arguments.ts';
import { readEnvironment } from './environment.ts';
import { CommandError } from './errors.ts';
import type { Output } from './output.ts';

/** A bench held by this command. */
export interface HeldBench {
  readonly kind: BenchKind;
  readonly probes: readonly FoundProbe[];
  close(): Promise<void>;
}

/**
 * Opens the bench that options and environment name, and holds it until `close`.
 * @throws CommandError when a station or another command holds it, naming the way through it
 */
export async function holdBench(
  verb: string,
  options: Pick<ProbeOptions, 'bench'>,
  output: Output,
): Promise<HeldBench> {
  const environment = readEnvironment(process.env);
  const dataDirectory = resolve(environment.BOARDWALK_DATA);
  const claim = claimFor(dataDirectory, verb);
  try {
    const wanted = options.bench ?? environment.BOARDWALK_BENCH;
    const boards = environment.BOARDWALK_VIRTUAL_BOARDS ?? DEMO_BOARDS;
    const { kind, bus } = await openBench({ bench: wanted, boards, dataDirectory });
    if (kind === 'virtual') output.note(`The bench is VIRTUAL: ${boards.length} simulated boards.`);
    const close = async (): Promise<void> => {
      await bus.close();
      claim.release();
    };
    return { kind, probes: await findProbes(bus), close };
  } catch (cause) {
    claim.release();
    throw cause;
  }
}

/** Holds the data folder for one command. @throws CommandError naming who holds it */
export function claimFor(data: string, verb: string): BenchClaim {
  try {
    return claimBench(data, { what: `boardwalk ${verb}`, url: null });
  } catch (cause) {
    if (cause instanceof BenchHeldError) throw cause;
    throw new CommandError('cli.data', { folder: data }, cause);
  }
}
