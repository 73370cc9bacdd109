import { CFSR, EXCEPTION, usageFault } from './faults.ts';
import type { Execute } from './instruction.ts';
import { conditionHolds } from './conditions.ts';

/** B, with a condition outside an IT block (14 and 15: always). */
export function branch(condition: number, offset: number): Execute {
  if (condition >= 14) return (core) => core.branch((core.pc + 4 + offset) | 0);
  return (core) => {
    if (conditionHolds(condition, core)) core.branch((core.pc + 4 + offset) | 0);
  };
}

export function branchLink(offset: number): Execute {
  return (core) => {
    core.r[14] = (core.pc + 4) | 1;
    core.branch((core.pc + 4 + offset) | 0);
  };
}

export function branchExchange(m: number, link: boolean): Execute {
  return (core) => {
    const target = core.r[m]!;
    if (link) core.r[14] = (core.pc + 2) | 1;
    core.branchExchange(target);
  };
}

/** MOV PC, Rm and ADD PC, Rm: bit 0 is ignored. */
export function moveToPc(m: number, add: boolean): Execute {
  return (core) => {
    const value = m === 15 ? core.pc + 4 : core.r[m]!;
    core.branch((add ? core.pc + 4 + value : value) & ~1);
  };
}

export function compareBranch(n: number, offset: number, whenNonZero: boolean): Execute {
  return (core) => {
    if ((core.r[n] !== 0) === whenNonZero) core.branch((core.pc + 4 + offset) | 0);
  };
}

/** TBB and TBH. */
export function tableBranch(n: number, m: number, halfWords: boolean): Execute {
  return (core) => {
    const base = n === 15 ? core.pc + 4 : core.r[n]!;
    const entry = halfWords
      ? core.load((base + (core.r[m]! << 1)) | 0, 2)
      : core.load((base + core.r[m]!) | 0, 1);
    core.branch((core.pc + 4 + entry * 2) | 0);
  };
}

export const supervisorCall: Execute = (core) => core.raise(EXCEPTION.svCall);

export const undefinedInstruction: Execute = () => {
  throw usageFault(CFSR.UNDEFINSTR);
};

export const coprocessor: Execute = () => {
  throw usageFault(CFSR.NOCP);
};
