import { decode16 } from './decode-16.ts';
import { decode32 } from './decode-32.ts';
import { undefinedInstruction } from './execute-branch.ts';
import { noOperation } from './execute-system.ts';
import { instruction, type Instruction } from './instruction.ts';

const undefined16: Instruction = instruction(2, 1, undefinedInstruction);
const undefined32: Instruction = instruction(4, 1, undefinedInstruction);
const STORE_CYCLES = 2;
/** BL, less the refill that every taken branch pays. */
const CALL_CYCLES = 2;
const SYSTEM_CYCLES = 4;
/** Special registers that ARMv6-M can write (ARM DDI0419 B4.2). */
const WRITABLE_SPECIAL: ReadonlySet<number> = new Set([0, 1, 2, 3, 8, 9, 16, 20]);
/** DSB, DMB and ISB, without their option. */
const BARRIERS: ReadonlySet<number> = new Set([0x8f4, 0x8f5, 0x8f6]);

/**
 * 16-bit encodings of ARMv6-M (ARM DDI0419 A5.2): those of ARMv7-M without CBZ, CBNZ and IT. CPS of FAULTMASK, which is
 * UNPREDICTABLE there, is undefined here.
 */
export function decode16V6(hw: number): Instruction {
  const compareBranch = (hw & 0xf500) === 0xb100;
  const ifThen = hw >>> 8 === 0xbf && (hw & 15) !== 0;
  const faultMask = (hw & 0xffe9) === 0xb661;
  if (compareBranch || ifThen || faultMask) return undefined16;
  return timed(decode16(hw), cyclesOf16(hw));
}

/** 32-bit encodings of ARMv6-M: BL, MSR, MRS and the barriers (ARM DDI0419 A5.3). */
export function decode32V6(hw1: number, hw2: number): Instruction {
  if (hw1 >>> 11 !== 0x1e || !(hw2 & 0x8000)) return undefined32;
  if ((hw2 & 0xd000) === 0xd000) return timed(decode32(hw1, hw2), CALL_CYCLES);
  if ((hw1 & 0xfff0) === 0xf380 && (hw2 & 0xff00) === 0x8800) {
    const known = WRITABLE_SPECIAL.has(hw2 & 0xff);
    return known ? timed(decode32(hw1, hw2), SYSTEM_CYCLES) : instruction(4, SYSTEM_CYCLES, noOperation);
  }
  if (hw1 === 0xf3ef && hw2 >>> 12 === 8) return timed(decode32(hw1, hw2), SYSTEM_CYCLES);
  if (hw1 === 0xf3bf && BARRIERS.has(hw2 >>> 4)) return instruction(4, SYSTEM_CYCLES, noOperation);
  return undefined32;
}

function timed(decoded: Instruction, cycles: number | null): Instruction {
  return cycles === null ? decoded : { ...decoded, cycles };
}

/** Cycles where a Cortex-M0 differs from a Cortex-M3 (ARM DDI0432, 3.3); null: no difference. */
function cyclesOf16(hw: number): number | null {
  const opcode = hw >>> 12;
  const single = opcode >= 6 && opcode <= 9 && !(hw & 0x0800);
  const byRegister = opcode === 5 && ((hw >>> 9) & 7) < 3;
  if (single || byRegister) return STORE_CYCLES;
  // POP of PC takes 4 + N, of which the refill pays two.
  if (hw >>> 8 === 0xbd) return decode16(hw).cycles + 1;
  return null;
}
