import type { CortexM } from '@boardwalk/virtual-bench';
import { READ_HFSR } from '../programs/handlers.ts';

const DEBUGEVT = 1 << 31;
const FORCED = 1 << 30;

interface Deviation {
  /** Name of the instruction after which it shows. */
  readonly after: string;
  readonly why: string;
  /** Whether the two differ in exactly this way; if so, takes QEMU's value over. */
  readonly takeOver: (core: CortexM, qemu: Int32Array) => boolean;
}

/** Where QEMU is known to be other than the architecture, and we follow the architecture. */
const DEVIATIONS: readonly Deviation[] = [
  {
    after: READ_HFSR,
    why: 'BKPT without a debugger sets HFSR.DEBUGEVT (DDI0403 B3.2.16); QEMU escalates it with FORCED',
    takeOver: (core, qemu) => {
      if (core.r[1] !== DEBUGEVT || qemu[1] !== FORCED) return false;
      core.r[1] = core.scs.hfsr = FORCED;
      return true;
    },
  },
];

/** Whether the difference after an instruction is a known deviation of QEMU; then it is gone. */
export function excuse(name: string | undefined, core: CortexM, qemu: Int32Array): boolean {
  return DEVIATIONS.some(({ after, takeOver }) => after === name && takeOver(core, qemu));
}
