import { CORE_PROFILES } from '@boardwalk/virtual-bench';
import { randomProgram, type Program } from '../programs/program.ts';
import { randomProgramV6 } from '../programs/v6m/program.ts';

/** A processor that both sides have: QEMU's board, the same core of ours, and what programs for it are made of. */
export interface MachineUnderTest {
  readonly qemuBoard: string;
  readonly profile: (typeof CORE_PROFILES)[keyof typeof CORE_PROFILES];
  readonly program: (seed: number, groups: number) => Program;
}

export const MACHINES = {
  /** As the mps2-an385 has it: 32 interrupts, eight bits of priority. */
  'cortex-m3': {
    qemuBoard: 'mps2-an385',
    profile: { ...CORE_PROFILES['m3-r2p1'], priorityBits: 8, interruptLines: 32 },
    program: randomProgram,
  },
  'cortex-m0': {
    qemuBoard: 'microbit',
    profile: CORE_PROFILES['m0-r0p0'],
    program: randomProgramV6,
  },
} as const satisfies Readonly<Record<string, MachineUnderTest>>;

export type MachineName = keyof typeof MACHINES;
