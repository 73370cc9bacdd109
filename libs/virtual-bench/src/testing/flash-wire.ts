// The registers of the flash controller as RM0008 has them, and what a driver writes to them, by hand.
import { Wire } from './wire.ts';

export const KEYR = 0x40022004;
export const OPTKEYR = 0x40022008;
export const SR = 0x4002200c;
export const CR = 0x40022010;
export const AR = 0x40022014;
export const OBR = 0x4002201c;
export const WRPR = 0x40022020;
export const KEY1 = 0x45670123;
export const KEY2 = 0xcdef89ab;
export const FLASH = 0x08000000;
export const OPTIONS = 0x1ffff800;
export const AIRCR = 0xe000ed0c;
export const [PG, PER, MER, OPTPG, OPTER, STRT, LOCK, OPTWRE] = [1, 2, 4, 16, 32, 64, 128, 512] as const;
export const BSY = 1;
export const PGERR = 4;
export const WRPRTERR = 16;
export const EOP = 32;
export const OK = '80';
export const FAULT = '11';
export const PS_PER_MS = 1e9;

export async function unlocked(spec = 'f103c8'): Promise<Wire> {
  const wire = await Wire.entered(spec);
  await wire.writeWord(0xe000edf0, 0xa05f0003);
  await wire.writeWord(KEYR, KEY1);
  await wire.writeWord(KEYR, KEY2);
  return wire;
}

export async function start(wire: Wire, bits: number, address = 0): Promise<void> {
  await wire.writeWord(CR, bits);
  if (address) await wire.writeWord(AR, address);
  await wire.writeWord(CR, bits | STRT);
}

/** Waits for BSY to fall; returns the flags. */
export async function settled(wire: Wire): Promise<number> {
  while ((await wire.readWord(SR)) & BSY) wire.slot.wait(PS_PER_MS);
  return wire.readWord(SR);
}

export async function optionsUnlocked(spec?: string): Promise<Wire> {
  const wire = await unlocked(spec);
  await wire.writeWord(OPTKEYR, KEY1);
  await wire.writeWord(OPTKEYR, KEY2);
  return wire;
}

export async function writeOptions(wire: Wire, halfWords: readonly number[]): Promise<void> {
  await start(wire, OPTER | OPTWRE);
  await settled(wire);
  await wire.writeWord(CR, OPTPG | OPTWRE);
  for (const [i, value] of halfWords.entries()) {
    await wire.writeHalfWord(OPTIONS + i * 2, value);
    await settled(wire);
  }
}

export const systemReset = (wire: Wire): Promise<string> => wire.writeWord(AIRCR, 0x05fa0004);
export const cell = (wire: Wire, offset: number): number => wire.slot.chip!.flash.halfWord(offset);
