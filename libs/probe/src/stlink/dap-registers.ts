import { hex } from '@boardwalk/contracts';
import { ProbeError, type DapPort } from '@boardwalk/debug';
import { half, word } from './bytes.ts';
import type { Capabilities } from './capabilities.ts';
import type { Firmware } from './firmware.ts';
import type { StLinkWire } from './wire.ts';

/** The port number that stands for the debug port in READ_DAP_REG and WRITE_DAP_REG. */
const DEBUG_PORT = 0xffff;

/** The parts of a probe that these commands need. */
export interface DapProbe {
  readonly wire: StLinkWire;
  readonly capabilities: Capabilities;
  readonly firmware: Firmware;
}

/** Reads a DP or AP register (ARM IHI0031). @throws ProbeError `probe.unsupported` before V2J24 */
export async function readDapRegister(probe: DapProbe, port: DapPort, register: number): Promise<number> {
  const operation = `read register ${nameOf(port, register)}`;
  requireDap(probe, operation);
  const command = [0xf2, 0x45, ...half(numberOf(port)), ...half(register)];
  return (await probe.wire.command(command, 8, operation, { repeatable: true })).getUint32(4, true);
}

/** Writes a DP or AP register. @throws ProbeError `probe.unsupported` before V2J24 */
export async function writeDapRegister(
  probe: DapProbe,
  port: DapPort,
  register: number,
  value: number,
): Promise<void> {
  const operation = `write register ${nameOf(port, register)}`;
  requireDap(probe, operation);
  const command = [0xf2, 0x46, ...half(numberOf(port)), ...half(register), ...word(value)];
  await probe.wire.command(command, 2, operation);
}

function numberOf(port: DapPort): number {
  return port === 'dp' ? DEBUG_PORT : port;
}

function nameOf(port: DapPort, register: number): string {
  const of = port === 'dp' ? 'the debug port' : `access port ${port}`;
  return `${hex(register)} of ${of}`;
}

function requireDap({ capabilities, wire: { portPath }, firmware }: DapProbe, operation: string): void {
  if (capabilities.dapRegisters) return;
  throw new ProbeError('probe.unsupported:dap', { portPath, operation, firmware: firmware.text });
}
