import { KEY1, KEY2, OPTIONS, PS_PER_MS } from './flash-wire.ts';
import { Wire } from './wire.ts';

// An STM32F0 has these as an STM32F1 has them.
export { AIRCR, FAULT, FLASH, KEY1, KEY2, OK, OPTIONS, PS_PER_MS, systemReset } from './flash-wire.ts';

export const [ACR, KEYR, OPTKEYR, SR, CR, AR, OBR, WRPR] = [0, 4, 8, 0xc, 0x10, 0x14, 0x1c, 0x20].map(
  (offset) => 0x40022000 + offset,
) as [number, number, number, number, number, number, number, number];
export const [PG, PER, MER, OPTPG, OPTER, STRT, OPTWRE, OBL_LAUNCH] = [
  1, 2, 4, 16, 32, 64, 512, 0x2000,
] as const;
export const [BSY, PGERR, WRPRTERR, EOP] = [1, 4, 16, 32] as const;
export const DHCSR = 0xe000edf0;
export const DEMCR = 0xe000edfc;
export const RCC_CSR = 0x40021024;
/** RCC_CSR: the last reset was by OBL_LAUNCH. */
export const OBLRSTF = 1 << 25;
export const RAM = 0x20000000;
export const SYSCFG = 0x40010000;
export const FREEZE = 0x40015808;
export const NO_TARGET = '09 00';
/** A stack, and a reset vector that is `b .` right after it. */
export const PROGRAM = [0, 0x04, 0, 0x20, 0x09, 0, 0, 0x08, 0xfe, 0xe7];

export const pcOf = ({ slot }: Wire): number => slot.chip!.core.readCoreRegister(15);

/** A board with a program in flash before its supply came on. */
export async function programmed(spec: string): Promise<Wire> {
  const wire = await Wire.entered(spec);
  wire.slot.chip!.flash.cells.set(PROGRAM);
  return powerCycled(wire);
}

export async function powerCycled(wire: Wire): Promise<Wire> {
  wire.slot.brownOut();
  await wire.ask('F2 30 A3', 2);
  await wire.ask('F2 4B 00', 2);
  return wire;
}

export async function unlocked(wire: Wire): Promise<Wire> {
  for (const register of [KEYR, OPTKEYR]) {
    await wire.writeWord(register, KEY1);
    await wire.writeWord(register, KEY2);
  }
  return wire;
}

/** Waits for BSY to fall; returns the flags and clears them. */
export async function settled(wire: Wire): Promise<number> {
  while ((await wire.readWord(SR)) & BSY) wire.slot.wait(PS_PER_MS);
  const flags = await wire.readWord(SR);
  await wire.writeWord(SR, PGERR | WRPRTERR | EOP);
  return flags;
}

export async function writeOptions(wire: Wire, halfWords: readonly number[]): Promise<number> {
  await unlocked(wire);
  await wire.writeWord(CR, OPTER | OPTWRE);
  await wire.writeWord(CR, OPTER | OPTWRE | STRT);
  let flags = await settled(wire);
  await wire.writeWord(CR, OPTPG | OPTWRE);
  for (const [i, value] of halfWords.entries()) {
    await wire.writeHalfWord(OPTIONS + 2 * i, value);
    flags = await settled(wire);
  }
  return flags;
}

export async function launched(wire: Wire): Promise<Wire> {
  await wire.writeWord(CR, OBL_LAUNCH);
  wire.slot.wait(PS_PER_MS);
  return wire;
}
