import type { Machine } from './machine.ts';

/** What an instruction does to the processor. `pc` and `nextPc` are set before it runs. */
export type Execute = (core: Machine) => void;

/** One decoded instruction. */
export interface Instruction {
  readonly execute: Execute;
  readonly bytes: 2 | 4;
  /** Cycles without memory stalls and without a taken branch's refill (ARM DDI0337, chapter 18). */
  readonly cycles: number;
  /** An IT instruction or BKPT: not subject to the condition of the IT block it stands in. */
  readonly unconditional?: boolean;
}

export function instruction(bytes: 2 | 4, cycles: number, execute: Execute): Instruction {
  return { bytes, cycles, execute };
}
