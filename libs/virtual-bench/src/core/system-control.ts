import type { ExceptionTable } from './exceptions.ts';
import { EXCEPTION } from './faults.ts';
import type { CoreProfile } from './profiles.ts';

const NEVER = Infinity;
const CCR_USERSETMPEND = 1 << 1;
const CCR_UNALIGN_TRP = 1 << 3;
const CCR_DIV_0_TRP = 1 << 4;
const CCR_STKALIGN = 1 << 9;
const VECTKEY = 0x05fa;
const VECTKEYSTAT = 0xfa05;

/** Exceptions of the three SHPR registers, in byte order. */
const SHPR_FIRST_EXCEPTION = 4;

const SYST_CSR_ADDRESS = 0xe000e010;

export type ResetRequest = 'sysresetreq' | 'vectreset';

/** The core that these registers control. */
interface SystemHost {
  readonly cycles: number;
  readonly ipsr: number;
  readonly profile: CoreProfile;
  readonly priorityMask: number;
  readonly exceptions: ExceptionTable;
  readonly debug: { dfsr: number };
  exceptionsChanged(): void;
  pendInterrupt(line: number): void;
  requestReset(kind: ResetRequest): void;
}

/** The System Control Block and SysTick: 0xE000E000..0xE000EFFF without NVIC and debug (ARM DDI0403 B3.2). */
export class SystemControl {
  vtor = 0;
  ccr = 0;
  scr = 0;
  cfsr = 0;
  hfsr = 0;
  mmfar = 0;
  bfar = 0;
  shcsrEnables = 0;
  actlr = 0;
  systCsr = 0;
  systRvr = 0;
  /** The core cycle at which SysTick next reaches zero; looked at before each instruction. */
  nextTick = NEVER;
  /** Core cycle at which the counter was last loaded. */
  #tickBase = 0;
  #tickFlag = false;
  readonly #core: SystemHost;

  constructor(core: SystemHost) {
    this.#core = core;
  }

  reset(): void {
    this.vtor = 0;
    this.ccr = this.#core.profile.ccrAtReset;
    this.scr = 0;
    this.cfsr = 0;
    this.hfsr = 0;
    this.shcsrEnables = 0;
    this.actlr = 0;
    this.systCsr = 0;
    this.systRvr = 0;
    this.#tickFlag = false;
    this.#planTick();
  }

  get divideByZeroTraps(): boolean {
    return (this.ccr & CCR_DIV_0_TRP) !== 0;
  }

  /** Unprivileged code may write STIR. */
  get userSetsPending(): boolean {
    return (this.ccr & CCR_USERSETMPEND) !== 0;
  }

  get unalignedTraps(): boolean {
    return (this.ccr & CCR_UNALIGN_TRP) !== 0;
  }

  get stackAligned(): boolean {
    return (this.ccr & CCR_STKALIGN) !== 0;
  }

  /** Whether this version of the architecture has the register. */
  #has(offset: number): boolean {
    return this.#core.profile.architecture.systemRegisters?.has(offset) ?? true;
  }

  read(offset: number): number | null {
    const core = this.#core;
    if (!this.#has(offset)) return 0;
    switch (offset) {
      case 0x004:
        return Math.ceil(core.profile.interruptLines / 32) - 1;
      case 0x008:
        return this.actlr;
      case 0x010:
        return this.#readSystickControl();
      case 0x014:
        return this.systRvr;
      case 0x018:
        return this.#tickValue();
      case 0x01c:
        return 0xc0000000;
      case 0xd00:
        return core.profile.cpuid;
      case 0xd04:
        return this.#icsr();
      case 0xd08:
        return this.vtor;
      case 0xd0c:
        return (VECTKEYSTAT << 16) | (core.exceptions.priorityGroup << 8);
      case 0xd10:
        return this.scr;
      case 0xd14:
        return this.ccr;
      case 0xd18:
      case 0xd1c:
      case 0xd20:
        return this.#priorities(offset);
      case 0xd24:
        return this.#shcsr();
      case 0xd28:
        return this.cfsr;
      case 0xd2c:
        return this.hfsr;
      case 0xd30:
        return core.debug.dfsr;
      case 0xd34:
        return this.mmfar;
      case 0xd38:
        return this.bfar;
      default:
        return IDENTIFICATION[offset] ?? null;
    }
  }

  write(offset: number, value: number): void {
    const core = this.#core;
    if (!this.#has(offset)) return;
    switch (offset) {
      case 0x008:
        this.actlr = value & 7;
        break;
      case 0x010:
        this.#writeSystickControl(value);
        break;
      case 0x014:
        this.systRvr = value & 0xffffff;
        this.#planTick();
        break;
      case 0x018:
        this.#tickBase = core.cycles;
        this.#tickFlag = false;
        this.#planTick();
        break;
      case 0xd04:
        this.#writeIcsr(value);
        break;
      case 0xd08:
        this.vtor = (value & core.profile.vtorMask) >>> 0;
        break;
      case 0xd0c:
        this.#writeAircr(value);
        break;
      case 0xd10:
        this.scr = value & 0x16;
        break;
      case 0xd14:
        this.#writeCcr(value);
        break;
      case 0xd18:
      case 0xd1c:
      case 0xd20:
        this.#writePriorities(offset, value);
        break;
      case 0xd24:
        this.#writeShcsr(value);
        break;
      case 0xf00:
        core.pendInterrupt(value & 0x1ff);
        break;
      default:
        this.#writeFaultStatus(offset, value);
    }
  }

  /** Status bits are cleared by writing ones (ARM DDI0403 B3.2). */
  #writeFaultStatus(offset: number, value: number): void {
    switch (offset) {
      case 0xd28:
        this.cfsr &= ~value;
        break;
      case 0xd2c:
        this.hfsr &= ~value;
        break;
      case 0xd30:
        this.#core.debug.dfsr &= ~value;
        break;
      case 0xd34:
        this.mmfar = value;
        break;
      case 0xd38:
        this.bfar = value;
        break;
    }
  }

  #writeCcr(value: number): void {
    const { ccrWritable } = this.#core.profile.architecture;
    this.ccr = (this.ccr & ~ccrWritable) | (value & ccrWritable);
  }

  /** Brings SysTick up to the core's cycle; call before looking at pending exceptions. */
  tick(): void {
    if (!(this.systCsr & 1)) return;
    const period = this.systRvr + 1;
    const elapsed = this.#core.cycles - this.#tickBase;
    if (elapsed < period) return;
    this.#tickBase += Math.floor(elapsed / period) * period;
    this.#tickFlag = true;
    this.#planTick();
    if (this.systCsr & 2) {
      this.#core.exceptions.setPending(EXCEPTION.sysTick, true);
      this.#core.exceptionsChanged();
    }
  }

  #planTick(): void {
    this.nextTick = this.systCsr & 1 && this.systRvr > 0 ? this.#tickBase + this.systRvr + 1 : NEVER;
  }

  #tickValue(): number {
    if (!(this.systCsr & 1)) return 0;
    this.tick();
    return this.systRvr - ((this.#core.cycles - this.#tickBase) % (this.systRvr + 1));
  }

  /** True where a read changes nothing and answers alike until the next tick: SYST_CSR without its flag. */
  readsStill(address: number): boolean {
    return address === SYST_CSR_ADDRESS && !this.#tickFlag && this.#core.cycles < this.nextTick;
  }

  #readSystickControl(): number {
    this.tick();
    const value = this.systCsr | (this.#tickFlag ? 1 << 16 : 0);
    this.#tickFlag = false;
    return value;
  }

  #writeSystickControl(value: number): void {
    if (value & 1 && !(this.systCsr & 1)) this.#tickBase = this.#core.cycles;
    this.systCsr = value & 7;
    this.#planTick();
  }

  #icsr(): number {
    const { exceptions } = this.#core;
    const urgent = exceptions.mostUrgent();
    let value = this.#core.ipsr | (urgent << 12);
    if (exceptions.activeCount() <= 1) value |= 1 << 11;
    if (exceptions.pending[EXCEPTION.sysTick]) value |= 1 << 26;
    if (exceptions.pending[EXCEPTION.pendSv]) value |= 1 << 28;
    if (exceptions.pending[EXCEPTION.nmi]) value |= 1 << 31;
    if (exceptions.interruptPending()) value |= 1 << 22;
    return value & this.#core.profile.architecture.icsrReadable;
  }

  #writeIcsr(value: number): void {
    const { exceptions } = this.#core;
    if (value & (1 << 31)) exceptions.setPending(EXCEPTION.nmi, true);
    if (value & (1 << 28)) exceptions.setPending(EXCEPTION.pendSv, true);
    if (value & (1 << 27)) exceptions.setPending(EXCEPTION.pendSv, false);
    if (value & (1 << 26)) exceptions.setPending(EXCEPTION.sysTick, true);
    if (value & (1 << 25)) exceptions.setPending(EXCEPTION.sysTick, false);
    this.#core.exceptionsChanged();
  }

  #writeAircr(value: number): void {
    if (value >>> 16 !== VECTKEY) return;
    const { priorityGroups, vectReset } = this.#core.profile.architecture;
    if (priorityGroups) this.#core.exceptions.priorityGroup = (value >>> 8) & 7;
    this.#core.exceptionsChanged();
    if (value & 4) this.#core.requestReset('sysresetreq');
    else if (value & 1 && vectReset) this.#core.requestReset('vectreset');
  }

  #priorities(offset: number): number {
    const first = SHPR_FIRST_EXCEPTION + (offset - 0xd18);
    const { priority } = this.#core.exceptions;
    return (
      priority[first]! |
      (priority[first + 1]! << 8) |
      (priority[first + 2]! << 16) |
      (priority[first + 3]! << 24)
    );
  }

  #writePriorities(offset: number, value: number): void {
    const first = SHPR_FIRST_EXCEPTION + (offset - 0xd18);
    const { fixedPriorities } = this.#core.profile.architecture;
    for (let i = 0; i < 4; i += 1) {
      if (fixedPriorities.has(first + i)) continue;
      this.#core.exceptions.priority[first + i] = (value >>> (8 * i)) & this.#core.priorityMask;
    }
    this.#core.exceptionsChanged();
  }

  #shcsr(): number {
    const { active, pending } = this.#core.exceptions;
    let value = this.shcsrEnables;
    for (const [exception, bit] of SHCSR_ACTIVE) if (active[exception]) value |= 1 << bit;
    for (const [exception, bit] of SHCSR_PENDING) if (pending[exception]) value |= 1 << bit;
    return value;
  }

  #writeShcsr(value: number): void {
    const { exceptions } = this.#core;
    this.shcsrEnables = value & 0x70000;
    exceptions.enabled[EXCEPTION.memManage] = (value >>> 16) & 1;
    exceptions.enabled[EXCEPTION.busFault] = (value >>> 17) & 1;
    exceptions.enabled[EXCEPTION.usageFault] = (value >>> 18) & 1;
    for (const [exception, bit] of SHCSR_ACTIVE) exceptions.active[exception] = (value >>> bit) & 1;
    for (const [exception, bit] of SHCSR_PENDING)
      exceptions.setPending(exception, ((value >>> bit) & 1) === 1);
    this.#core.exceptionsChanged();
  }
}

const SHCSR_ACTIVE: readonly (readonly [exception: number, bit: number])[] = [
  [EXCEPTION.memManage, 0],
  [EXCEPTION.busFault, 1],
  [EXCEPTION.usageFault, 3],
  [EXCEPTION.svCall, 7],
  [EXCEPTION.debugMonitor, 8],
  [EXCEPTION.pendSv, 10],
  [EXCEPTION.sysTick, 11],
];
const SHCSR_PENDING: readonly (readonly [exception: number, bit: number])[] = [
  [EXCEPTION.usageFault, 12],
  [EXCEPTION.memManage, 13],
  [EXCEPTION.busFault, 14],
  [EXCEPTION.svCall, 15],
];

/** ID_PFR0 … ID_ISAR4, MPU_TYPE (no MPU on F103) and the cache registers, which read as zero. */
const IDENTIFICATION: Readonly<Record<number, number>> = {
  0xd40: 0x00000030,
  0xd44: 0x00000200,
  0xd48: 0x00100000,
  0xd50: 0x00000030,
  0xd60: 0x01141110,
  0xd64: 0x02111000,
  0xd68: 0x21112231,
  0xd6c: 0x01111110,
  0xd70: 0x01310102,
  0xd90: 0,
};
