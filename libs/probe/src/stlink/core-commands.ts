import { word } from './bytes.ts';
import type { StLinkWire } from './wire.ts';

const REPEATABLE = { repeatable: true } as const;
/** READALLREGS answers with REGSEL 0 to 18 after its status, and two words more. */
const REGISTERS_AT_ONCE = 19;

export async function readCoreRegister(wire: StLinkWire, selector: number, name: string): Promise<number> {
  return (await wire.command([0xf2, 0x33, selector], 8, `read ${name}`, REPEATABLE)).getUint32(4, true);
}

export async function writeCoreRegister(
  wire: StLinkWire,
  selector: number,
  value: number,
  name: string,
): Promise<void> {
  await wire.command([0xf2, 0x34, selector, ...word(value)], 2, `write ${name}`, REPEATABLE);
}

export async function readCoreRegisters(wire: StLinkWire): Promise<number[]> {
  const reply = await wire.command([0xf2, 0x3a], 88, 'read all registers', REPEATABLE);
  return Array.from({ length: REGISTERS_AT_ONCE }, (_, i) => reply.getUint32(4 + i * 4, true));
}
