import { ProbeError } from '../errors.ts';
import type { Probe } from '../stlink/probe.ts';
import { half, word } from './memory-access.ts';

/** The port number that stands for the debug port in READ_DAP_REG and WRITE_DAP_REG. */
export const DEBUG_PORT = 0xffff;

/** Reads a DP or AP register (ARM IHI0031). @throws ProbeError `probe.unsupported` before V2J24 */
export async function readDapRegister(probe: Probe, port: number, register: number): Promise<number> {
  const operation = `read register ${nameOf(port, register)}`;
  requireDap(probe, operation);
  const command = [0xf2, 0x45, ...half(port), ...half(register)];
  return (await probe.wire.command(command, 8, operation, { repeatable: true })).getUint32(4, true);
}

/** Writes a DP or AP register. @throws ProbeError `probe.unsupported` before V2J24 */
export async function writeDapRegister(
  probe: Probe,
  port: number,
  register: number,
  value: number,
): Promise<void> {
  const operation = `write register ${nameOf(port, register)}`;
  requireDap(probe, operation);
  await probe.wire.command([0xf2, 0x46, ...half(port), ...half(register), ...word(value)], 2, operation);
}

function nameOf(port: number, register: number): string {
  const of = port === DEBUG_PORT ? 'the debug port' : `access port ${port}`;
  return `0x${register.toString(16)} of ${of}`;
}

function requireDap({ capabilities, portPath, firmware }: Probe, operation: string): void {
  if (capabilities.dapRegisters) return;
  throw new ProbeError(
    'probe.unsupported',
    `Probe ${portPath}: firmware ${firmware.text} has no access to DAP registers.`,
    { portPath, operation, remedy: 'Update the probe to V2J24 or newer.' },
  );
}
