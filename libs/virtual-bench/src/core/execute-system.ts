import type { Execute } from './instruction.ts';
import type { Machine } from './machine.ts';

/** Special registers by their SYSm number (ARM DDI0403 B5.1). */
export function moveFromSpecial(d: number, sysm: number): Execute {
  return (core) => {
    core.r[d] = readSpecial(core, sysm);
  };
}

function readSpecial(core: Machine, sysm: number): number {
  if (sysm < 8) {
    let value = 0;
    if (sysm & 1) value |= core.ipsr;
    // EPSR reads as zero.
    if (!(sysm & 4)) value |= core.apsr();
    return value;
  }
  switch (sysm) {
    case 8:
      return core.privileged() ? core.stackPointer(false) : 0;
    case 9:
      return core.privileged() ? core.stackPointer(true) : 0;
    case 16:
      return core.privileged() ? core.primask : 0;
    case 17:
    case 18:
      return core.privileged() ? core.basepri : 0;
    case 19:
      return core.privileged() ? core.faultmask : 0;
    case 20:
      return core.control;
    default:
      return 0;
  }
}

export function moveToSpecial(n: number, sysm: number, mask: number): Execute {
  return (core) => {
    const value = core.r[n]!;
    if (sysm < 4) {
      if (mask & 8) core.setApsr(value);
      return;
    }
    if (!core.privileged()) return;
    writePrivileged(core, sysm, value);
  };
}

function writePrivileged(core: Machine, sysm: number, value: number): void {
  switch (sysm) {
    case 8:
      core.setStackPointer(false, value);
      break;
    case 9:
      core.setStackPointer(true, value);
      break;
    case 16:
      core.primask = value & 1;
      break;
    case 17:
      core.basepri = value & core.priorityMask;
      break;
    case 18: {
      const level = value & core.priorityMask;
      if (level !== 0 && (core.basepri === 0 || level < core.basepri)) core.basepri = level;
      break;
    }
    case 19:
      if (core.executionPriority() > -1) core.faultmask = value & 1;
      break;
    case 20:
      core.setControl(value);
      break;
  }
  core.exceptionsChanged();
}

/** CPSIE and CPSID; ignored when unprivileged. */
export function changeProcessorState(disable: boolean, primask: boolean, faultmask: boolean): Execute {
  return (core) => {
    if (!core.privileged()) return;
    if (primask) core.primask = disable ? 1 : 0;
    if (faultmask && (!disable || core.executionPriority() > -1)) core.faultmask = disable ? 1 : 0;
    core.exceptionsChanged();
  };
}

export function ifThen(firstCondition: number, mask: number): Execute {
  const state = (firstCondition << 4) | mask;
  return (core) => {
    core.itState = state;
  };
}

export const breakpoint: Execute = (core) => core.breakpointInstruction();
export const noOperation: Execute = () => undefined;
export const waitForInterrupt: Execute = (core) => core.waitForInterrupt();
export const waitForEvent: Execute = (core) => core.waitForEvent();
export const sendEvent: Execute = (core) => {
  core.eventRegister = true;
};
export const clearExclusive: Execute = (core) => {
  core.exclusive = false;
};
