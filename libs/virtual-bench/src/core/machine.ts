import type { AccessBytes, SystemBus } from './system-bus.ts';
import type { CoreRegisters } from './core-registers.ts';
import type { ExceptionTable } from './exceptions.ts';
import type { Timing } from './timing.ts';

/** What an instruction may do to a processor, besides its registers. Accesses throw CoreFault. */
export interface Machine extends CoreRegisters {
  /** Address of the instruction being executed. */
  pc: number;
  nextPc: number;
  shifterCarry: number;
  sumCarry: number;
  sumOverflow: number;
  exclusive: boolean;
  unprivilegedAccess: boolean;
  eventRegister: boolean;
  readonly priorityMask: number;
  readonly scs: { readonly divideByZeroTraps: boolean };

  load(address: number, bytes: AccessBytes): number;
  store(address: number, bytes: AccessBytes, value: number): void;
  requireAlignment(address: number, bytes: number): void;

  branch(target: number): void;
  branchExchange(target: number): void;
  raise(exception: number): void;
  breakpointInstruction(): void;
  waitForInterrupt(): void;
  waitForEvent(): void;
  executionPriority(): number;
  exceptionsChanged(): void;
}

/** What entering and leaving an exception needs beyond that. */
export interface ExceptionMachine extends Omit<Machine, 'scs'> {
  cycles: number;
  readonly timing: Timing;
  readonly bus: SystemBus;
  readonly exceptions: ExceptionTable;
  readonly scs: { cfsr: number; hfsr: number; readonly vtor: number; readonly stackAligned: boolean };

  /** The pending exception that preempts what is executed now, or 0. */
  preempting(): number;
  /** What a synchronous exception is taken as: itself, or HardFault. */
  escalated(exception: number): number;
  catchHardFault(): void;
  lockUp(): void;
}
