import { expandImmediate, reverseBits, reverseBytes } from './alu.ts';
import { bitCount } from './decode-16.ts';
import { extend, extractBits, insertBits, saturate } from './execute-bits.ts';
import { branch, branchLink, coprocessor, tableBranch, undefinedInstruction } from './execute-branch.ts';
import {
  compare,
  dataProcessing,
  immediateOperand,
  move,
  OPERATION,
  registerOperand,
  shiftByRegister,
} from './execute-data.ts';
import {
  immediateOffset,
  literal,
  loadExclusive,
  loadMultiple,
  registerOffset,
  storeExclusive,
  storeMultiple,
  transferDouble,
  unprivileged,
  type Access,
} from './execute-memory.ts';
import { divide, multiply, multiplyAccumulate, multiplyLong } from './execute-multiply.ts';
import {
  clearExclusive,
  moveFromSpecial,
  moveToSpecial,
  noOperation,
  sendEvent,
  waitForEvent,
  waitForInterrupt,
} from './execute-system.ts';
import { instruction, type Execute, type Instruction } from './instruction.ts';

const one = (execute: Execute): Instruction => instruction(4, 1, execute);
const undefined32: Instruction = instruction(4, 1, undefinedInstruction);

/** Decodes a 32-bit Thumb instruction from its two half-words (ARM DDI0403 A5.3). */
export function decode32(hw1: number, hw2: number): Instruction {
  const op1 = (hw1 >>> 11) & 3;
  const op2 = (hw1 >>> 4) & 0x7f;
  if (op1 === 1) {
    if (op2 & 0x40) return one(coprocessor);
    if (op2 & 0x20) return shiftedRegister(hw1, hw2);
    return op2 & 4 ? dualOrExclusive(hw1, hw2) : loadStoreMultiple(hw1, hw2);
  }
  if (op1 === 2) {
    if (hw2 & 0x8000) return branchOrControl(hw1, hw2);
    return op2 & 0x20 ? plainImmediate(hw1, hw2) : modifiedImmediate(hw1, hw2);
  }
  if (op2 & 0x40) return one(coprocessor);
  if (op2 & 0x20) return registerOrMultiply(hw1, hw2);
  return loadStoreSingle(hw1, hw2);
}

function loadStoreMultiple(hw1: number, hw2: number): Instruction {
  const n = hw1 & 15;
  const writeBack = (hw1 & 0x20) !== 0;
  const load = (hw1 & 0x10) !== 0;
  const kind = (hw1 >>> 7) & 3;
  const cycles = 1 + bitCount(hw2);
  if (n === 15 || bitCount(hw2) < 2 || (kind !== 1 && kind !== 2)) return undefined32;
  const before = kind === 2;
  return load
    ? instruction(4, cycles, loadMultiple(n, hw2, writeBack, before))
    : instruction(4, cycles, storeMultiple(n, hw2 & 0x5fff, writeBack, before));
}

function dualOrExclusive(hw1: number, hw2: number): Instruction {
  const n = hw1 & 15;
  const t = hw2 >>> 12;
  const t2 = (hw2 >>> 8) & 15;
  const p = (hw1 >>> 8) & 1;
  const u = (hw1 >>> 7) & 1;
  const w = (hw1 >>> 5) & 1;
  const load = (hw1 & 0x10) !== 0;
  const offset = (hw2 & 0xff) << 2;
  if (p || w)
    return instruction(4, 3, transferDouble(t, t2, n, u ? offset : -offset, load, p === 1, w === 1));
  if (!u)
    return instruction(4, 2, load ? loadExclusive(t, n, offset, 4) : storeExclusive(t2, t, n, offset, 4));
  const d = hw2 & 15;
  switch ((hw2 >>> 4) & 15) {
    case 0:
      return load ? instruction(4, 4, tableBranch(n, d, false)) : undefined32;
    case 1:
      return load ? instruction(4, 4, tableBranch(n, d, true)) : undefined32;
    case 4:
      return instruction(4, 2, load ? loadExclusive(t, n, 0, 1) : storeExclusive(d, t, n, 0, 1));
    case 5:
      return instruction(4, 2, load ? loadExclusive(t, n, 0, 2) : storeExclusive(d, t, n, 0, 2));
    default:
      return undefined32;
  }
}

const KNOWN_OPERATIONS: ReadonlySet<number> = new Set(Object.values(OPERATION));

/** The part that modified immediates and shifted registers share. */
function dataOperation(
  operation: number,
  flags: boolean,
  d: number,
  n: number,
  operand: ReturnType<typeof immediateOperand>,
): Instruction {
  const comparison =
    operation === OPERATION.and ||
    operation === OPERATION.eor ||
    operation === OPERATION.add ||
    operation === OPERATION.sub;
  if (d === 15 && flags && comparison) return one(compare(operation, n, operand));
  if (n === 15 && operation === OPERATION.orr) return one(move(d, operand, flags));
  if (n === 15 && operation === OPERATION.orn) return one(move(d, operand, flags, true));
  if (!KNOWN_OPERATIONS.has(operation)) return undefined32;
  return one(dataProcessing(operation, d, n, operand, flags));
}

function modifiedImmediate(hw1: number, hw2: number): Instruction {
  const imm12 = ((hw1 & 0x400) << 1) | ((hw2 >>> 4) & 0x700) | (hw2 & 0xff);
  const { value, carry } = expandImmediate(imm12);
  return dataOperation(
    (hw1 >>> 5) & 15,
    (hw1 & 0x10) !== 0,
    (hw2 >>> 8) & 15,
    hw1 & 15,
    immediateOperand(value, carry),
  );
}

function shiftedRegister(hw1: number, hw2: number): Instruction {
  const amount = ((hw2 >>> 10) & 0x1c) | ((hw2 >>> 6) & 3);
  const operand = registerOperand(hw2 & 15, (hw2 >>> 4) & 3, amount);
  return dataOperation((hw1 >>> 5) & 15, (hw1 & 0x10) !== 0, (hw2 >>> 8) & 15, hw1 & 15, operand);
}

function plainImmediate(hw1: number, hw2: number): Instruction {
  const n = hw1 & 15;
  const d = (hw2 >>> 8) & 15;
  const imm12 = ((hw1 & 0x400) << 1) | ((hw2 >>> 4) & 0x700) | (hw2 & 0xff);
  const imm5 = ((hw2 >>> 10) & 0x1c) | ((hw2 >>> 6) & 3);
  const low5 = hw2 & 31;
  switch ((hw1 >>> 4) & 31) {
    case 0:
    case 10: {
      const offset = hw1 & 0xa0 ? -imm12 : imm12;
      if (n === 15) {
        return one((core) => {
          core.r[d] = ((core.pc + 4) & ~3) + offset;
        });
      }
      return one(
        dataProcessing(
          offset < 0 || hw1 & 0xa0 ? OPERATION.sub : OPERATION.add,
          d,
          n,
          immediateOperand(imm12, -1),
          false,
        ),
      );
    }
    case 4: {
      const value = ((hw1 & 15) << 12) | imm12;
      return one(move(d, immediateOperand(value, -1), false));
    }
    case 12: {
      const value = ((hw1 & 15) << 12) | imm12;
      return one((core) => {
        core.r[d] = (core.r[d]! & 0xffff) | (value << 16);
      });
    }
    case 16:
    case 18:
      if (hw1 & 0x20 && imm5 === 0) return undefined32;
      return one(saturate(d, n, low5 + 1, hw1 & 0x20 ? 2 : 0, imm5, true));
    case 20:
      return one(extractBits(d, n, imm5, low5 + 1, true));
    case 22:
      return one(insertBits(d, n, imm5, low5));
    case 24:
    case 26:
      if (hw1 & 0x20 && imm5 === 0) return undefined32;
      return one(saturate(d, n, low5, hw1 & 0x20 ? 2 : 0, imm5, false));
    case 28:
      return one(extractBits(d, n, imm5, low5 + 1, false));
    default:
      return undefined32;
  }
}

const HINTS: readonly Execute[] = [noOperation, noOperation, waitForEvent, waitForInterrupt, sendEvent];

function branchOrControl(hw1: number, hw2: number): Instruction {
  const s = (hw1 >>> 10) & 1;
  const j1 = (hw2 >>> 13) & 1;
  const j2 = (hw2 >>> 11) & 1;
  if (hw2 & 0x1000) {
    const i1 = 1 ^ j1 ^ s;
    const i2 = 1 ^ j2 ^ s;
    const offset = (-s << 24) | (i1 << 23) | (i2 << 22) | ((hw1 & 0x3ff) << 12) | ((hw2 & 0x7ff) << 1) | 0;
    if (hw2 & 0x4000) return one(branchLink(offset));
    return one(branch(14, offset));
  }
  if (hw2 & 0x4000) return undefined32;
  const condition = (hw1 >>> 6) & 15;
  if (condition < 14) {
    const offset = (-s << 20) | (j2 << 19) | (j1 << 18) | ((hw1 & 0x3f) << 12) | ((hw2 & 0x7ff) << 1) | 0;
    return one(branch(condition, offset));
  }
  switch ((hw1 >>> 4) & 0x7f) {
    case 0x38:
    case 0x39:
      return instruction(4, 2, moveToSpecial(hw1 & 15, hw2 & 0xff, (hw2 >>> 8) & 15));
    case 0x3a:
      return one(HINTS[hw2 & 0xff] ?? noOperation);
    case 0x3b:
      return one(((hw2 >>> 4) & 15) === 2 ? clearExclusive : noOperation);
    case 0x3e:
    case 0x3f:
      return instruction(4, 2, moveFromSpecial((hw2 >>> 8) & 15, hw2 & 0xff));
    default:
      return undefined32;
  }
}

function loadStoreSingle(hw1: number, hw2: number): Instruction {
  const n = hw1 & 15;
  const t = hw2 >>> 12;
  const size = (hw1 >>> 5) & 3;
  const load = (hw1 & 0x10) !== 0;
  const signed = (hw1 & 0x100) !== 0;
  if (size === 3 || (signed && (size === 2 || !load)) || (n === 15 && !load)) return undefined32;
  const bytes = (1 << size) as 1 | 2 | 4;
  const access: Access = { bytes, load, signed };
  // Loads of bytes and half-words into PC are preload hints.
  if (load && t === 15 && bytes < 4) return one(noOperation);
  const cycles = load ? 2 : 1;
  if (n === 15) {
    const imm12 = hw2 & 0xfff;
    return instruction(4, cycles, literal(t, hw1 & 0x80 ? imm12 : -imm12, access));
  }
  if (hw1 & 0x80) return instruction(4, cycles, immediateOffset(t, n, hw2 & 0xfff, access));
  if (hw2 & 0x800) {
    const p = (hw2 & 0x400) !== 0;
    const w = (hw2 & 0x100) !== 0;
    if (!p && !w) return undefined32;
    const offset = hw2 & 0x200 ? hw2 & 0xff : -(hw2 & 0xff);
    const execute = immediateOffset(t, n, offset, access, p, w);
    return instruction(4, cycles, (hw2 & 0x700) === 0x600 ? unprivileged(execute) : execute);
  }
  if ((hw2 & 0xfc0) !== 0) return undefined32;
  return instruction(4, cycles, registerOffset(t, n, hw2 & 15, (hw2 >>> 4) & 3, access));
}

function registerOrMultiply(hw1: number, hw2: number): Instruction {
  const n = hw1 & 15;
  const d = (hw2 >>> 8) & 15;
  const m = hw2 & 15;
  const op = (hw1 >>> 4) & 15;
  if (hw1 & 0x100) return multiplyOrDivide(hw1, hw2);
  if ((hw2 & 0xf000) !== 0xf000) return undefined32;
  if (!(hw2 & 0x80)) {
    if (op < 8 && (hw2 & 0x70) === 0) return one(shiftByRegister(d, n, m, op >>> 1, (op & 1) !== 0));
    return undefined32;
  }
  if (op < 8) {
    if (n !== 15 || op === 2 || op === 3 || op > 5) return undefined32;
    return one(extend(d, m, ((hw2 >>> 4) & 3) * 8, op < 2 ? 16 : 8, (op & 1) === 0));
  }
  return reverseOrCount(op, (hw2 >>> 4) & 3, d, m);
}

function reverseOrCount(op: number, form: number, d: number, m: number): Instruction {
  if (op === 11) {
    if (form !== 0) return undefined32;
    return one((core) => {
      core.r[d] = Math.clz32(core.r[m]!);
    });
  }
  if (op !== 9) return undefined32;
  const results: ((value: number) => number)[] = [
    reverseBytes,
    (value) => ((value & 0x00ff00ff) << 8) | ((value >>> 8) & 0x00ff00ff),
    reverseBits,
    (value) => (((value & 0xff) << 24) >> 16) | ((value >>> 8) & 0xff),
  ];
  const compute = results[form]!;
  return one((core) => {
    core.r[d] = compute(core.r[m]!);
  });
}

function multiplyOrDivide(hw1: number, hw2: number): Instruction {
  const n = hw1 & 15;
  const a = hw2 >>> 12;
  const d = (hw2 >>> 8) & 15;
  const m = hw2 & 15;
  const form = (hw2 >>> 4) & 15;
  switch ((hw1 >>> 4) & 15) {
    case 0:
      if (form === 0)
        return a === 15
          ? one(multiply(d, n, m, false))
          : instruction(4, 2, multiplyAccumulate(d, n, m, a, false));
      return form === 1 ? instruction(4, 2, multiplyAccumulate(d, n, m, a, true)) : undefined32;
    case 8:
      return form === 0 ? instruction(4, 4, multiplyLong(a, d, n, m, true, false)) : undefined32;
    case 9:
      return form === 15 ? instruction(4, 7, divide(d, n, m, true)) : undefined32;
    case 10:
      return form === 0 ? instruction(4, 4, multiplyLong(a, d, n, m, false, false)) : undefined32;
    case 11:
      return form === 15 ? instruction(4, 7, divide(d, n, m, false)) : undefined32;
    case 12:
      return form === 0 ? instruction(4, 6, multiplyLong(a, d, n, m, true, true)) : undefined32;
    case 14:
      return form === 0 ? instruction(4, 6, multiplyLong(a, d, n, m, false, true)) : undefined32;
    default:
      return undefined32;
  }
}
