import { ASR, LSL, LSR, ROR } from './alu.ts';
import {
  branch,
  branchExchange,
  compareBranch,
  moveToPc,
  supervisorCall,
  undefinedInstruction,
} from './execute-branch.ts';
import { extend } from './execute-bits.ts';
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
  loadMultiple,
  registerOffset,
  storeMultiple,
  type Access,
} from './execute-memory.ts';
import { multiply } from './execute-multiply.ts';
import {
  breakpoint,
  changeProcessorState,
  ifThen,
  noOperation,
  sendEvent,
  waitForEvent,
  waitForInterrupt,
} from './execute-system.ts';
import { reverseBytes } from './alu.ts';
import { instruction, type Execute, type Instruction } from './instruction.ts';

const access = (bytes: 1 | 2 | 4, load: boolean, signed = false): Access => ({ bytes, load, signed });
const one = (execute: Execute): Instruction => instruction(2, 1, execute);
const LOAD_CYCLES = 2;
const undefined16: Instruction = instruction(2, 1, undefinedInstruction);

/** Decodes a 16-bit Thumb instruction (ARM DDI0403 A5.2). */
export function decode16(hw: number): Instruction {
  switch (hw >>> 12) {
    case 0:
    case 1:
      return shiftAddSubtract(hw);
    case 2:
    case 3:
      return immediate8(hw);
    case 4:
      if (hw & 0x0800)
        return instruction(2, LOAD_CYCLES, literal((hw >>> 8) & 7, (hw & 0xff) << 2, access(4, true)));
      return hw & 0x0400 ? highRegister(hw) : arithmetic(hw);
    case 5:
      return loadStoreRegister(hw);
    case 6:
    case 7:
    case 8:
      return loadStoreImmediate(hw);
    case 9: {
      const load = (hw & 0x0800) !== 0;
      return instruction(
        2,
        load ? LOAD_CYCLES : 1,
        immediateOffset((hw >>> 8) & 7, 13, (hw & 0xff) << 2, access(4, load)),
      );
    }
    case 10:
      return addressOf(hw);
    case 11:
      return miscellaneous(hw);
    case 12: {
      const n = (hw >>> 8) & 7;
      const list = hw & 0xff;
      const cycles = 1 + bitCount(list);
      return hw & 0x0800
        ? instruction(2, cycles, loadMultiple(n, list, ((list >>> n) & 1) === 0, false))
        : instruction(2, cycles, storeMultiple(n, list, true, false));
    }
    case 13: {
      const condition = (hw >>> 8) & 15;
      if (condition === 15) return one(supervisorCall);
      if (condition === 14) return undefined16;
      return one(branch(condition, ((hw << 24) >> 24) << 1));
    }
    default:
      return one(branch(14, ((hw << 21) >> 21) << 1));
  }
}

export function bitCount(list: number): number {
  let count = 0;
  for (let rest = list; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

function shiftAddSubtract(hw: number): Instruction {
  const d = hw & 7;
  const n = (hw >>> 3) & 7;
  const opcode = (hw >>> 11) & 3;
  if (opcode < 3) {
    const amount = (hw >>> 6) & 31;
    return one(move(d, registerOperand(n, opcode, amount), null));
  }
  const operation = hw & 0x0200 ? OPERATION.sub : OPERATION.add;
  const value = (hw >>> 6) & 7;
  const operand = hw & 0x0400 ? immediateOperand(value, -1) : registerOperand(value, LSL, 0);
  return one(dataProcessing(operation, d, n, operand, null));
}

function immediate8(hw: number): Instruction {
  const d = (hw >>> 8) & 7;
  const operand = immediateOperand(hw & 0xff, -1);
  switch ((hw >>> 11) & 3) {
    case 0:
      return one(move(d, operand, null));
    case 1:
      return one(compare(OPERATION.sub, d, operand));
    case 2:
      return one(dataProcessing(OPERATION.add, d, d, operand, null));
    default:
      return one(dataProcessing(OPERATION.sub, d, d, operand, null));
  }
}

function arithmetic(hw: number): Instruction {
  const d = hw & 7;
  const m = (hw >>> 3) & 7;
  const operand = registerOperand(m, LSL, 0);
  const data = (operation: number): Instruction => one(dataProcessing(operation, d, d, operand, null));
  switch ((hw >>> 6) & 15) {
    case 0:
      return data(OPERATION.and);
    case 1:
      return data(OPERATION.eor);
    case 2:
      return one(shiftByRegister(d, d, m, LSL, null));
    case 3:
      return one(shiftByRegister(d, d, m, LSR, null));
    case 4:
      return one(shiftByRegister(d, d, m, ASR, null));
    case 5:
      return data(OPERATION.adc);
    case 6:
      return data(OPERATION.sbc);
    case 7:
      return one(shiftByRegister(d, d, m, ROR, null));
    case 8:
      return one(compare(OPERATION.and, d, operand));
    case 9:
      return one(dataProcessing(OPERATION.rsb, d, m, immediateOperand(0, -1), null));
    case 10:
      return one(compare(OPERATION.sub, d, operand));
    case 11:
      return one(compare(OPERATION.add, d, operand));
    case 12:
      return data(OPERATION.orr);
    case 13:
      return one(multiply(d, d, m, true));
    case 14:
      return data(OPERATION.bic);
    default:
      return one(move(d, operand, null, true));
  }
}

function highRegister(hw: number): Instruction {
  const m = (hw >>> 3) & 15;
  const d = (hw & 7) | ((hw >>> 4) & 8);
  switch ((hw >>> 8) & 3) {
    case 0:
      if (d === 15) return one(moveToPc(m, true));
      return one(dataProcessing(OPERATION.add, d, d, pcOr(m), false));
    case 1:
      return one(compare(OPERATION.sub, d, pcOr(m)));
    case 2:
      if (d === 15) return one(moveToPc(m, false));
      return one(move(d, pcOr(m), false));
    default:
      return one(branchExchange(m, (hw & 0x80) !== 0));
  }
}

function pcOr(m: number) {
  if (m !== 15) return registerOperand(m, LSL, 0);
  return (core: { pc: number; shifterCarry: number; c: number }): number => {
    core.shifterCarry = core.c;
    return (core.pc + 4) | 0;
  };
}

function loadStoreRegister(hw: number): Instruction {
  const t = hw & 7;
  const n = (hw >>> 3) & 7;
  const m = (hw >>> 6) & 7;
  const forms: Access[] = [
    access(4, false),
    access(2, false),
    access(1, false),
    access(1, true, true),
    access(4, true),
    access(2, true),
    access(1, true),
    access(2, true, true),
  ];
  const form = forms[(hw >>> 9) & 7]!;
  return instruction(2, form.load ? LOAD_CYCLES : 1, registerOffset(t, n, m, 0, form));
}

function loadStoreImmediate(hw: number): Instruction {
  const t = hw & 7;
  const n = (hw >>> 3) & 7;
  const imm5 = (hw >>> 6) & 31;
  const load = (hw & 0x0800) !== 0;
  const bytes = hw >>> 12 === 6 ? 4 : hw >>> 12 === 7 ? 1 : 2;
  return instruction(2, load ? LOAD_CYCLES : 1, immediateOffset(t, n, imm5 * bytes, access(bytes, load)));
}

function addressOf(hw: number): Instruction {
  const d = (hw >>> 8) & 7;
  const offset = (hw & 0xff) << 2;
  if (hw & 0x0800) return one(dataProcessing(OPERATION.add, d, 13, immediateOperand(offset, -1), false));
  return one((core) => {
    core.r[d] = ((core.pc + 4) & ~3) + offset;
  });
}

const HINTS: readonly Execute[] = [noOperation, noOperation, waitForEvent, waitForInterrupt, sendEvent];

function miscellaneous(hw: number): Instruction {
  const low = hw & 7;
  const m = (hw >>> 3) & 7;
  switch ((hw >>> 8) & 15) {
    case 0: {
      const operation = hw & 0x80 ? OPERATION.sub : OPERATION.add;
      return one(dataProcessing(operation, 13, 13, immediateOperand((hw & 0x7f) << 2, -1), false));
    }
    case 1:
    case 3:
    case 9:
    case 11: {
      const offset = (((hw >>> 9) & 1) << 6) | (((hw >>> 3) & 31) << 1);
      return one(compareBranch(low, offset, (hw & 0x0800) !== 0));
    }
    case 2: {
      const form = (hw >>> 6) & 3;
      return one(extend(low, m, 0, form & 1 ? 8 : 16, form < 2));
    }
    case 4:
    case 5: {
      const list = (hw & 0xff) | (hw & 0x100 ? 1 << 14 : 0);
      return instruction(2, 1 + bitCount(list), storeMultiple(13, list, true, true));
    }
    case 6:
      if ((hw & 0xffe8) === 0xb660) {
        return one(changeProcessorState((hw & 0x10) !== 0, (hw & 2) !== 0, (hw & 1) !== 0));
      }
      return undefined16;
    case 10:
      return reverse(hw);
    case 12:
    case 13: {
      const list = (hw & 0xff) | (hw & 0x100 ? 1 << 15 : 0);
      return instruction(2, 1 + bitCount(list), loadMultiple(13, list, true, false));
    }
    case 14:
      return { bytes: 2, cycles: 1, execute: breakpoint, unconditional: true };
    case 15:
      if (hw & 15)
        return { bytes: 2, cycles: 1, execute: ifThen((hw >>> 4) & 15, hw & 15), unconditional: true };
      return one(HINTS[(hw >>> 4) & 15] ?? noOperation);
    default:
      return undefined16;
  }
}

function reverse(hw: number): Instruction {
  const d = hw & 7;
  const m = (hw >>> 3) & 7;
  switch ((hw >>> 6) & 3) {
    case 0:
      return one((core) => {
        core.r[d] = reverseBytes(core.r[m]!);
      });
    case 1:
      return one((core) => {
        const value = core.r[m]!;
        core.r[d] = ((value & 0x00ff00ff) << 8) | ((value >>> 8) & 0x00ff00ff);
      });
    case 3:
      return one((core) => {
        const value = core.r[m]!;
        core.r[d] = (((value & 0xff) << 24) >> 16) | ((value >>> 8) & 0xff);
      });
    default:
      return undefined16;
  }
}
