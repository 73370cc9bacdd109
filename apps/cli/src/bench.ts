import { DEMO_BOARDS } from '@boardwalk/contracts';
import { findProbes, openUsbHost, type FoundProbe, type UsbBus } from '@boardwalk/probe';
import { BenchHeldError, claimBench, type BenchClaim } from '@boardwalk/station';
import { createVirtualBench } from '@boardwalk/virtual-bench';
import { resolve } from 'node:path';
import type { ProbeOptions } from './arguments.ts';
import { readEnvironment } from './environment.ts';
import { CommandError } from './errors.ts';
import type { Output } from './output.ts';

/** A bench held by this command. */
export interface HeldBench {
  readonly kind: 'usb' | 'virtual';
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
  const data = resolve(environment.BOARDWALK_DATA);
  const claim = claimFor(data, verb);
  try {
    const wanted = options.bench ?? environment.BOARDWALK_BENCH;
    const boards = environment.BOARDWALK_VIRTUAL_BOARDS ?? DEMO_BOARDS;
    const { kind, bus } = await openBus(wanted, boards, data);
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

async function openBus(
  wanted: string,
  boards: readonly string[],
  data: string,
): Promise<{ kind: 'usb' | 'virtual'; bus: UsbBus }> {
  if (wanted !== 'virtual') {
    const bus = await openUsbHost();
    if (wanted === 'usb' || (await findProbes(bus)).length > 0) return { kind: 'usb', bus };
    await bus.close();
  }
  return { kind: 'virtual', bus: (await createVirtualBench({ boards, dataDirectory: data })).bus };
}

/** Holds the data folder for one command. @throws CommandError naming who holds it */
export function claimFor(data: string, verb: string): BenchClaim {
  try {
    return claimBench(data, { what: `boardwalk ${verb}`, url: null });
  } catch (cause) {
    if (cause instanceof BenchHeldError) throw cause;
    const says = `The data folder ${data} cannot be written.`;
    throw new CommandError('cli.data', says, 'Make it writable, or set BOARDWALK_DATA.', {
      cause,
    });
  }
}
