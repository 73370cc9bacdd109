import { CFSR, CoreFault, EXCEPTION, HFSR } from './faults.ts';
import type { ExceptionMachine } from './machine.ts';

/** Pushes the frame and starts the handler (ARM DDI0403 B1.5.6). */
export function enterException(core: ExceptionMachine, exception: number, returnAddress: number): void {
  const process = core.usesProcessStack();
  const excReturn = core.ipsr !== 0 ? 0xfffffff1 : process ? 0xfffffffd : 0xfffffff9;
  try {
    pushFrame(core, returnAddress);
  } catch (cause) {
    if (!(cause instanceof CoreFault)) throw cause;
    core.scs.cfsr |= CFSR.STKERR;
    if (exception === EXCEPTION.hardFault) {
      core.lockUp();
      return;
    }
    exception = EXCEPTION.hardFault;
    core.scs.hfsr |= HFSR.FORCED;
  }
  if (process) core.swapStacks();
  core.control &= ~2;
  core.ipsr = exception;
  core.exceptions.active[exception] = 1;
  core.itState = 0;
  core.exclusive = false;
  core.eventRegister = true;
  core.r[14] = excReturn;
  core.cycles += core.timing.exceptionEntry;
  startHandler(core, exception);
}

/**
 * One handler ends and the next begins on the same frame: nothing is popped or pushed, and the registers stay
 * as the first handler has left them (ARM DDI0337, 5.6.1).
 */
function tailChain(core: ExceptionMachine, exception: number, excReturn: number): void {
  core.exceptions.setPending(exception, false);
  core.exceptions.active[exception] = 1;
  core.ipsr = exception;
  core.itState = 0;
  core.exclusive = false;
  core.eventRegister = true;
  core.r[14] = excReturn;
  core.cycles += core.timing.tailChain;
  startHandler(core, exception);
  core.exceptionsChanged();
}

function pushFrame(core: ExceptionMachine, returnAddress: number): void {
  const sp = core.r[13]!;
  const align = core.scs.stackAligned && (sp & 4) !== 0;
  const frame = (sp - (align ? 36 : 32)) | 0;
  const { r } = core;
  const xpsr = core.xpsr() | (align ? 1 << 9 : 0);
  const words = [r[0]!, r[1]!, r[2]!, r[3]!, r[12]!, r[14]!, returnAddress & ~1, xpsr];
  core.r[13] = frame;
  words.forEach((word, i) => core.store((frame + i * 4) | 0, 4, word));
}

function startHandler(core: ExceptionMachine, exception: number): void {
  try {
    const vector = core.bus.read((core.scs.vtor + exception * 4) >>> 0, 4, 'fetch');
    core.thumb = (vector & 1) === 1;
    core.pc = core.nextPc = vector & ~1;
  } catch {
    core.scs.hfsr |= HFSR.VECTTBL;
    core.lockUp();
  }
}

/** Ends a handler: checks EXC_RETURN, pops the frame (ARM DDI0403 B1.5.8). */
export function returnFromException(core: ExceptionMachine, excReturn: number): void {
  const { exceptions } = core;
  const returning = core.ipsr;
  const kind = excReturn & 15;
  const nested = exceptions.activeCount() > 1;
  const legal = (kind === 1 && nested) || ((kind === 9 || kind === 13) && !nested);
  exceptions.active[returning] = 0;
  if (returning !== EXCEPTION.nmi) core.faultmask = 0;
  if (!legal) {
    illegalReturn(core, excReturn);
    return;
  }
  const next = core.preempting();
  if (next !== 0) {
    tailChain(core, next, excReturn);
    return;
  }
  core.ipsr = 0;
  if (kind === 13) {
    core.control |= 2;
    core.swapStacks();
  } else core.control &= ~2;
  popFrame(core);
  if ((core.ipsr !== 0) !== (kind === 1)) {
    // The frame does not belong to the mode that is returned to: it is pushed again, for a UsageFault.
    pushFrame(core, core.nextPc);
    illegalReturn(core, excReturn);
    return;
  }
  core.exclusive = false;
  core.eventRegister = true;
  core.cycles += core.timing.exceptionReturn;
  core.exceptionsChanged();
}

/** A UsageFault on the frame that is there; what is more urgent and pending goes first. */
function illegalReturn(core: ExceptionMachine, excReturn: number): void {
  core.scs.cfsr |= CFSR.INVPC;
  const fault = core.escalated(EXCEPTION.usageFault);
  if (fault === EXCEPTION.hardFault && core.executionPriority() <= -1) {
    core.lockUp();
    return;
  }
  core.exceptions.setPending(fault, true);
  const next = core.exceptions.mostUrgent();
  tailChain(core, next, excReturn);
  if (next === EXCEPTION.hardFault) core.catchHardFault();
}

function popFrame(core: ExceptionMachine): void {
  const frame = core.r[13]!;
  const words = Array.from({ length: 8 }, (_, i) => core.load((frame + i * 4) | 0, 4));
  const xpsr = words[7]!;
  core.r[0] = words[0]!;
  core.r[1] = words[1]!;
  core.r[2] = words[2]!;
  core.r[3] = words[3]!;
  core.r[12] = words[4]!;
  core.r[14] = words[5]!;
  core.nextPc = words[6]! & ~1;
  core.r[13] = (frame + 32) | (xpsr & (1 << 9) && core.scs.stackAligned ? 4 : 0);
  core.setXpsr(xpsr);
  core.ipsr = xpsr & 0x1ff;
}
