import type { RefusalCode } from '@boardwalk/contracts';
import { ProbeError } from '@boardwalk/debug';
import type { Probe } from '@boardwalk/probe';
import { inVolts, measureSupply, supplyFault, type Supply, type SupplyFault } from '@boardwalk/station';
import { CommandError, PassedOn } from './errors.ts';
import type { Output } from './output.ts';
import type { VerbKind } from './selection.ts';

interface Listener {
  readonly kind: VerbKind;
  readonly output: Output;
  readonly label: string;
}

/** The supply of a board that answers. Out of limits, a verb that changes the board ends here. @throws CommandError */
export async function supplyOf(probe: Probe, { kind, output, label }: Listener): Promise<Supply> {
  const supply = await measureSupply(probe, await probe.targetVoltage(), true);
  if (supply.unmeasured) output.note(`${label}${supply.unmeasured}`);
  const fault = supplyFault(supply);
  if (!fault) return supply;
  if (kind === 'changes') throw refused(fault);
  output.note(`${label}${fault.message} ${fault.remedy}`);
  return supply;
}

/** A failure to attach, with the volts that were measured where nobody answers. */
export async function withVolts(cause: unknown, probe: Probe): Promise<unknown> {
  if (!(cause instanceof ProbeError) || cause.code !== 'target.none') return cause;
  const measured = await probe.targetVoltage().catch(() => null);
  const supply = await measureSupply(probe, measured, false);
  const fault = supplyFault(supply);
  if (fault) return refused(fault);
  if (supply.volts === null) return cause;
  const { message: why, remedy } = cause;
  return new CommandError('target.none:volts', { volts: inVolts(supply.volts), why, remedy }, cause);
}

const CODES = {
  'no-power': 'target.no_power',
  'voltage-out-of-limits': 'target.voltage_out_of_limits',
} as const satisfies Record<SupplyFault['reason'], RefusalCode>;

function refused({ reason, message, remedy }: SupplyFault): PassedOn {
  return new PassedOn(CODES[reason], message, remedy);
}
