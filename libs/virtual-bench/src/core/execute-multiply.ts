import { CFSR, usageFault } from './faults.ts';
import type { Execute } from './instruction.ts';

/** MUL: 16-bit form sets N and Z outside an IT block, the 32-bit form never. */
export function multiply(d: number, n: number, m: number, narrow: boolean): Execute {
  return (core) => {
    const result = Math.imul(core.r[n]!, core.r[m]!);
    core.r[d] = result;
    if (narrow && core.itState === 0) {
      core.n = result >>> 31;
      core.z = result === 0 ? 1 : 0;
    }
  };
}

export function multiplyAccumulate(d: number, n: number, m: number, a: number, subtract: boolean): Execute {
  return (core) => {
    const product = Math.imul(core.r[n]!, core.r[m]!);
    core.r[d] = (subtract ? core.r[a]! - product : core.r[a]! + product) | 0;
  };
}

/** SMULL, UMULL, SMLAL, UMLAL. Three to seven cycles; early termination is not modelled. */
export function multiplyLong(
  low: number,
  high: number,
  n: number,
  m: number,
  signed: boolean,
  add: boolean,
): Execute {
  return (core) => {
    const first = signed ? BigInt(core.r[n]!) : BigInt(core.r[n]! >>> 0);
    const second = signed ? BigInt(core.r[m]!) : BigInt(core.r[m]! >>> 0);
    let result = first * second;
    if (add) result += (BigInt(core.r[high]! >>> 0) << 32n) | BigInt(core.r[low]! >>> 0);
    core.r[low] = Number(BigInt.asIntN(32, result));
    core.r[high] = Number(BigInt.asIntN(32, result >> 32n));
  };
}

export function divide(d: number, n: number, m: number, signed: boolean): Execute {
  return (core) => {
    const divisor = core.r[m]!;
    if (divisor === 0) {
      if (core.scs.divideByZeroTraps) throw usageFault(CFSR.DIVBYZERO);
      core.r[d] = 0;
      return;
    }
    core.r[d] = signed ? (core.r[n]! / divisor) | 0 : Math.floor((core.r[n]! >>> 0) / (divisor >>> 0)) | 0;
  };
}
