import { SRAM_BASE } from '@boardwalk/series';
import type { LoaderProgram } from './programs.ts';

/** Layout of target RAM: mailbox with its arguments, digest state and last blocks, code, ring, stack at the top. */
export const ARGUMENTS = 24;
export const STATE = 0x30;
export const LAST_BLOCKS = 0x50;
export const CODE_AT = SRAM_BASE + 0xd0;
const RING_ALIGNMENT = 64;
const RING_STEP_BYTES = 256;
const MOST_RING_BYTES = 12 * 1024;

export interface RamPlan {
  readonly ringAt: number;
  readonly ringBytes: number;
  readonly stackTop: number;
}

/** How a loader shares the RAM of a chip with what it works on. */
export function ramPlan({ code, stackBytes }: LoaderProgram, sramBytes: number): RamPlan {
  const ringAt = Math.ceil((CODE_AT + code.length) / RING_ALIGNMENT) * RING_ALIGNMENT;
  const stackTop = SRAM_BASE + sramBytes;
  const free = stackTop - stackBytes - ringAt;
  return { ringAt, ringBytes: Math.min(MOST_RING_BYTES, free) & ~(RING_STEP_BYTES - 1), stackTop };
}
