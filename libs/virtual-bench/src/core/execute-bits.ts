import { shiftImmediate } from './alu.ts';
import type { Execute } from './instruction.ts';
import type { Machine } from './machine.ts';

function maskOf(width: number): number {
  return width >= 32 ? -1 : (1 << width) - 1;
}

/** BFI, or BFC when n is 15. */
export function insertBits(d: number, n: number, lsb: number, msb: number): Execute {
  const mask = maskOf(msb - lsb + 1) << lsb;
  return (core) => {
    const source = n === 15 ? 0 : core.r[n]!;
    core.r[d] = (core.r[d]! & ~mask) | ((source << lsb) & mask);
  };
}

export function extractBits(d: number, n: number, lsb: number, width: number, signed: boolean): Execute {
  const left = 32 - width - lsb;
  const right = 32 - width;
  return signed
    ? (core) => {
        core.r[d] = (core.r[n]! << left) >> right;
      }
    : (core) => {
        core.r[d] = (core.r[n]! << left) >>> right;
      };
}

/** SSAT and USAT; Q is sticky. */
export function saturate(
  d: number,
  n: number,
  bits: number,
  shiftType: number,
  shiftAmount: number,
  signed: boolean,
): Execute {
  const high = signed ? 2 ** (bits - 1) - 1 : 2 ** bits - 1;
  const low = signed ? -(2 ** (bits - 1)) : 0;
  return (core: Machine) => {
    const value = shiftImmediate(core.r[n]!, shiftType, shiftAmount, core.c).value;
    const result = value > high ? high : value < low ? low : value;
    if (result !== value) core.q = 1;
    core.r[d] = result | 0;
  };
}

/** SXTB, SXTH, UXTB, UXTH with a rotation by 0, 8, 16 or 24. */
export function extend(d: number, m: number, rotation: number, bits: 8 | 16, signed: boolean): Execute {
  const spare = 32 - bits;
  return (core) => {
    const value = core.r[m]!;
    const turned = rotation === 0 ? value : (value >>> rotation) | (value << (32 - rotation));
    core.r[d] = signed ? (turned << spare) >> spare : (turned << spare) >>> spare;
  };
}
