import { shift, shiftImmediate } from './alu.ts';
import type { Execute } from './instruction.ts';
import type { Machine } from './machine.ts';

/** The second operand of a data-processing instruction: sets `core.shifterCarry` and returns the value. */
export type Operand = (core: Machine) => number;

/** `carry` -1 leaves C as it is. */
export function immediateOperand(value: number, carry: number): Operand {
  if (carry < 0) {
    return (core) => {
      core.shifterCarry = core.c;
      return value;
    };
  }
  return (core) => {
    core.shifterCarry = carry;
    return value;
  };
}

export function registerOperand(m: number, type: number, amount: number): Operand {
  if (type === 0 && amount === 0) {
    return (core) => {
      core.shifterCarry = core.c;
      return core.r[m]!;
    };
  }
  return (core) => {
    const result = shiftImmediate(core.r[m]!, type, amount, core.c);
    core.shifterCarry = result.carry;
    return result.value;
  };
}

/** Data-processing operations by their 4-bit opcode in the 32-bit encodings (ARM DDI0403 A5.3.1). */
export const OPERATION = {
  and: 0,
  bic: 1,
  orr: 2,
  orn: 3,
  eor: 4,
  add: 8,
  adc: 10,
  sbc: 11,
  sub: 13,
  rsb: 14,
} as const;

/** Rd := Rn op operand; `setFlags` null means "outside an IT block only", as the 16-bit encodings do. */
export function dataProcessing(
  operation: number,
  d: number,
  n: number,
  operand: Operand,
  setFlags: boolean | null,
): Execute {
  const compute = COMPUTE[operation];
  if (!compute) throw new Error(`no data-processing operation ${operation}`);
  const arithmetic = operation >= 8;
  const mask = stackMask(d);
  return (core) => {
    const second = operand(core);
    const result = compute(core, core.r[n]!, second);
    if (setFlags ?? core.itState === 0) {
      core.n = result >>> 31;
      core.z = result === 0 ? 1 : 0;
      if (arithmetic) {
        core.c = core.sumCarry;
        core.v = core.sumOverflow;
      } else core.c = core.shifterCarry;
    }
    core.r[d] = result & mask;
  };
}

/** SP keeps its two low bits at zero. */
function stackMask(d: number): number {
  return d === 13 ? ~3 : -1;
}

/** Flags alone: TST, TEQ, CMN, CMP. */
export function compare(operation: number, n: number, operand: Operand): Execute {
  const compute = COMPUTE[operation]!;
  const arithmetic = operation >= 8;
  return (core) => {
    const second = operand(core);
    const result = compute(core, core.r[n]!, second);
    core.n = result >>> 31;
    core.z = result === 0 ? 1 : 0;
    if (arithmetic) {
      core.c = core.sumCarry;
      core.v = core.sumOverflow;
    } else core.c = core.shifterCarry;
  };
}

/** Rd := operand or its complement (MOV, MVN). */
export function move(d: number, operand: Operand, setFlags: boolean | null, complement = false): Execute {
  const mask = stackMask(d);
  return (core) => {
    const value = operand(core);
    const result = complement ? ~value : value;
    if (setFlags ?? core.itState === 0) {
      core.n = result >>> 31;
      core.z = result === 0 ? 1 : 0;
      core.c = core.shifterCarry;
    }
    core.r[d] = result & mask;
  };
}

/** Rd := Rn shifted by the low byte of Rm. */
export function shiftByRegister(
  d: number,
  n: number,
  m: number,
  type: number,
  setFlags: boolean | null,
): Execute {
  return (core) => {
    const result = shift(core.r[n]!, type, core.r[m]! & 0xff, core.c);
    const value = result.value;
    if (setFlags ?? core.itState === 0) {
      core.n = value >>> 31;
      core.z = value === 0 ? 1 : 0;
      core.c = result.carry;
    }
    core.r[d] = value;
  };
}

type Compute = (core: Machine, first: number, second: number) => number;

/** AddWithCarry: leaves carry and overflow in the core for those who set flags. */
function addWithCarry(core: Machine, first: number, second: number, carry: number): number {
  const unsigned = (first >>> 0) + (second >>> 0) + carry;
  const result = unsigned | 0;
  core.sumCarry = unsigned > 0xffff_ffff ? 1 : 0;
  core.sumOverflow = ((first ^ result) & (second ^ result)) >>> 31;
  return result;
}

const COMPUTE: Readonly<Record<number, Compute>> = {
  [OPERATION.and]: (_core, a, b) => a & b,
  [OPERATION.bic]: (_core, a, b) => a & ~b,
  [OPERATION.orr]: (_core, a, b) => a | b,
  [OPERATION.orn]: (_core, a, b) => a | ~b,
  [OPERATION.eor]: (_core, a, b) => a ^ b,
  [OPERATION.add]: (core, a, b) => addWithCarry(core, a, b, 0),
  [OPERATION.adc]: (core, a, b) => addWithCarry(core, a, b, core.c),
  [OPERATION.sbc]: (core, a, b) => addWithCarry(core, a, ~b, core.c),
  [OPERATION.sub]: (core, a, b) => addWithCarry(core, a, ~b, 1),
  [OPERATION.rsb]: (core, a, b) => addWithCarry(core, ~a, b, 1),
};
