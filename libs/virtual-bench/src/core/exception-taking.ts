import { DFSR, VC_HARDERR } from './debug-control.ts';
import { ExceptionTable } from './exceptions.ts';
import { CFSR, CoreFault, EXCEPTION, HFSR } from './faults.ts';
import { MemoryAccess } from './memory-access.ts';

const LOCKUP_PC = 0xfffffffe | 0;

/** Which exception a processor takes, and when (ARM DDI0403 B1.5). */
export abstract class ExceptionTaking extends MemoryAccess {
  /** Address of the instruction being executed. */
  pc = 0;
  nextPc = 0;
  cycles = 0;
  lockedUp = false;
  readonly exceptions = new ExceptionTable();
  protected exceptionCheck = true;

  /** A straight run of instructions ends, and with it the count of its cycles. */
  protected abstract beginBlock(): void;
  /** Pushes the frame and starts the handler. */
  protected abstract startException(exception: number, returnAddress: number): void;
  abstract enterHalt(reason: number): void;

  exceptionsChanged(): void {
    this.exceptionCheck = true;
    this.sideEffect = true;
  }

  debugChanged(): void {
    this.sideEffect = true;
  }

  setInterrupt(line: number, pending: boolean): void {
    const exception = EXCEPTION.firstInterrupt + line;
    this.exceptions.line[exception] = pending ? 1 : 0;
    if (pending) this.exceptions.setPending(exception, true);
    this.exceptionsChanged();
  }

  /** By software, through STIR: pending once, whatever the line does. */
  pendInterrupt(line: number): void {
    if (line < this.profile.interruptLines) {
      this.exceptions.setPending(EXCEPTION.firstInterrupt + line, true);
      this.exceptionsChanged();
    }
  }

  /** A synchronous exception of the running instruction, such as SVC: taken after it, or escalated. */
  raise(exception: number): void {
    if (this.escalated(exception) === EXCEPTION.hardFault) {
      this.escalate(this.nextPc);
      return;
    }
    this.exceptions.setPending(exception, true);
    this.exceptionsChanged();
  }

  executionPriority(): number {
    let priority = this.exceptions.activePriority();
    if (this.basepri !== 0) priority = Math.min(priority, this.exceptions.group(this.basepri));
    if (this.primask) priority = Math.min(priority, 0);
    if (this.faultmask) priority = Math.min(priority, -1);
    return priority;
  }

  /** The pending exception that preempts what is executed now, or 0. */
  preempting(): number {
    const { exceptions } = this;
    const urgent = exceptions.mostUrgent();
    if (urgent === 0) return 0;
    if (urgent >= EXCEPTION.pendSv && this.debug.interruptsMasked) return 0;
    return exceptions.group(exceptions.priority[urgent]!) < this.executionPriority() ? urgent : 0;
  }

  protected takeException(): boolean {
    this.exceptionCheck = false;
    if (!this.exceptions.anyPending) return false;
    const exception = this.preempting();
    if (exception !== 0) this.enter(exception, this.pc);
    return exception !== 0;
  }

  protected enter(exception: number, returnAddress: number): void {
    this.exceptions.setPending(exception, false);
    this.sideEffect = true;
    this.exceptionCheck = true;
    this.beginBlock();
    this.startException(exception, returnAddress);
  }

  protected fault(cause: unknown): void {
    if (!(cause instanceof CoreFault)) throw cause;
    this.cycles += 1 + this.bus.takeStallCycles();
    this.sideEffect = true;
    this.scs.cfsr |= cause.cfsrBits;
    if (cause.address !== null) {
      if (cause.cfsrBits & CFSR.MMARVALID) this.scs.mmfar = cause.address >>> 0;
      if (cause.cfsrBits & CFSR.BFARVALID) this.scs.bfar = cause.address >>> 0;
    }
    const exception = this.escalated(cause.exception);
    if (exception === EXCEPTION.hardFault) this.escalate(this.pc);
    else this.enter(exception, this.pc);
  }

  /** What a synchronous exception is taken as: itself, or HardFault where it is off or not urgent enough. */
  escalated(exception: number): number {
    const { exceptions } = this;
    const urgent = exceptions.group(exceptions.priority[exception]!) < this.executionPriority();
    if (urgent && exceptions.enabled[exception] === 1) return exception;
    this.scs.hfsr |= HFSR.FORCED;
    return EXCEPTION.hardFault;
  }

  protected escalate(returnAddress: number): void {
    if (this.executionPriority() <= -1) {
      this.lockUp();
      return;
    }
    this.enter(EXCEPTION.hardFault, returnAddress);
    this.nextPc = this.pc;
    this.catchHardFault();
  }

  /** A debugger that asked for it stops at the first instruction of HardFault. */
  catchHardFault(): void {
    if (this.debug.enabled && this.debug.demcr & VC_HARDERR) this.enterHalt(DFSR.VCATCH);
  }

  lockUp(): void {
    this.lockedUp = true;
    this.pc = this.nextPc = LOCKUP_PC;
  }
}
