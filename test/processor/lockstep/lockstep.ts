import { CortexM } from '@boardwalk/virtual-bench';
import type { Program } from '../programs/program.ts';
import { excuse } from './deviations.ts';
import type { MachineUnderTest } from './machines.ts';
import { PlainMemory } from './plain-memory.ts';
import { Trace, XPSR } from './trace.ts';

const TRAIL = 12;

export interface Difference {
  /** How many instructions had been executed. */
  readonly step: number;
  /** The last instruction executed, after which the two differ. */
  readonly address: number;
  readonly name: string;
  /** The instructions before it, oldest first. */
  readonly trail: readonly number[];
  /** r0..r15 and xPSR before it, after it on QEMU, after it on our core. */
  readonly before: readonly number[];
  readonly qemu: readonly number[];
  readonly ours: readonly number[];
}

export interface Comparison {
  /** All instructions whose state before and after was compared. */
  readonly executed: number;
  /** Those among them that were drawn at random or written to be tested, by name. */
  readonly tested: Readonly<Record<string, number>>;
  readonly difference: Difference | null;
}

/** Executes the program on our core along QEMU's trace, comparing all registers before each instruction. */
export function compare({ profile }: MachineUnderTest, program: Program, log: Buffer): Comparison {
  const trace = new Trace(log);
  const core = coreWith(profile, program.image);
  const tested = new Map<string, number>();
  const before = new Int32Array(XPSR + 1);
  const ours = new Int32Array(XPSR + 1);
  const trail: number[] = [];
  let executed = 0;
  let last = -1;
  while (trace.next()) {
    // Reset leaves the flags unknown (B1.5.5): both sides begin with QEMU's.
    if (last < 0) core.setApsr(trace.state[XPSR]!);
    // A state that is shown twice: QEMU has looked for interrupts between and found none that it may take.
    if (last >= 0 && same(before, trace.state)) continue;
    readState(core, ours);
    if (!same(ours, trace.state)) {
      // QEMU may have shown the state before it takes an exception, or not. Code that cannot be fetched is not
      // shown at all.
      if (aboutToTakeException(core) || core.pc >>> 0 >= program.image.length) {
        core.run(core.cycles + 1);
        readState(core, ours);
      }
      if (excuse(program.names.get(last), core, trace.state)) readState(core, ours);
      if (!same(ours, trace.state)) {
        const name = program.names.get(last) ?? '(scaffolding)';
        const difference = {
          step: executed,
          address: last,
          name,
          trail: [...trail],
          before: [...before],
          qemu: [...trace.state],
          ours: [...ours],
        };
        return { executed, tested: Object.fromEntries(tested), difference };
      }
    } else if (aboutToTakeException(core)) {
      // The instruction here is not executed yet: the exception comes first.
      continue;
    }
    last = core.pc;
    if (last === program.endAddress) break;
    before.set(ours);
    trail.push(last);
    if (trail.length > TRAIL) trail.shift();
    core.run(core.cycles + 1);
    executed += 1;
    if (program.tested.has(last) && !passedOver(before[XPSR]!)) {
      const name = program.names.get(last)!;
      tested.set(name, (tested.get(name) ?? 0) + 1);
    }
  }
  if (last !== program.endAddress)
    throw new Error('QEMU’s log ends before the program does: it went astray on both sides');
  return { executed, tested: Object.fromEntries(tested), difference: null };
}

function coreWith(profile: MachineUnderTest['profile'], image: Uint8Array): CortexM {
  const hooks = {
    onSystemReset: (): never => {
      throw new Error('the program has asked for a reset');
    },
  };
  const core = new CortexM(new PlainMemory(image), profile, hooks, { skipPolling: false });
  core.powerOnReset();
  return core;
}

function readState(core: CortexM, state: Int32Array): void {
  state.set(core.r);
  state[15] = core.pc;
  state[XPSR] = core.xpsr();
}

function same(a: Int32Array, b: Int32Array): boolean {
  for (let i = 0; i <= XPSR; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

/** Whether the instruction stands in an IT block whose condition does not hold: it does nothing. */
function passedOver(xpsr: number): boolean {
  const it = ((xpsr >>> 25) & 3) | ((xpsr >>> 8) & 0xfc);
  if (it === 0) return false;
  const [n, z, c, v] = [31, 30, 29, 28].map((bit) => ((xpsr >>> bit) & 1) === 1);
  const holds = [z, c, n, v, c && !z, n === v, !z && n === v, true][it >>> 5];
  return holds === (((it >>> 4) & 1) === 1) && it >>> 5 !== 7;
}

/** Whether a pending exception preempts before the next instruction. */
function aboutToTakeException(core: CortexM): boolean {
  const { exceptions } = core;
  const urgent = exceptions.mostUrgent();
  return urgent !== 0 && exceptions.group(exceptions.priority[urgent]!) < core.executionPriority();
}
