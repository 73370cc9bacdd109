import type { CoreRegisters } from './core-registers.ts';

/** What a debugger sees of a core besides its registers. */
interface SelectedHost extends CoreRegisters {
  pc: number;
  nextPc: number;
  readonly priorityMask: number;
}

/** Core registers by DCRSR's REGSEL (ARM DDI0403 C1.6.3). 20 packs CONTROL, FAULTMASK, BASEPRI and PRIMASK. */
export function readSelected(core: SelectedHost, selector: number): number {
  if (selector < 15) return core.r[selector]!;
  switch (selector) {
    case 15:
      return core.pc;
    case 16:
      return core.xpsr();
    case 17:
      return core.stackPointer(false);
    case 18:
      return core.stackPointer(true);
    case 20:
      return (core.control << 24) | (core.faultmask << 16) | (core.basepri << 8) | core.primask;
    default:
      return 0;
  }
}

export function writeSelected(core: SelectedHost, selector: number, value: number): void {
  if (selector < 15) {
    core.writeRegister(selector, value);
    return;
  }
  switch (selector) {
    case 15:
      core.pc = core.nextPc = value & ~1;
      break;
    case 16:
      core.setXpsr(value);
      break;
    case 17:
      core.setStackPointer(false, value);
      break;
    case 18:
      core.setStackPointer(true, value);
      break;
    case 20:
      core.setControl(value >>> 24);
      core.primask = value & 1;
      if (!core.masks.faultMasks) break;
      core.faultmask = (value >>> 16) & 1;
      core.basepri = (value >>> 8) & core.priorityMask;
      break;
  }
}
