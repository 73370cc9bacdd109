const DBGKEY = 0xa05f;
const C_DEBUGEN = 1;
const C_HALT = 2;
const C_STEP = 4;
const C_MASKINTS = 8;
const S_REGRDY = 1 << 16;
const S_HALT = 1 << 17;
const S_SLEEP = 1 << 18;
const S_LOCKUP = 1 << 19;
const S_RETIRE_ST = 1 << 24;
const S_RESET_ST = 1 << 25;
export const TRCENA = 1 << 24;
export const VC_CORERESET = 1;
export const VC_HARDERR = 1 << 10;

/** Bits of DFSR (ARM DDI0403 C1.6.1). */
export const DFSR = { HALTED: 1, BKPT: 2, DWTTRAP: 4, VCATCH: 8, EXTERNAL: 16 } as const;

/** The core that these registers control. */
interface DebugHost {
  readonly profile: { readonly debug: { readonly demcrWritable: number } };
  readonly sleeping: boolean;
  readonly lockedUp: boolean;
  readonly heldInReset: boolean;
  enterHalt(reason: number): void;
  debugChanged(): void;
  readCoreRegister(selector: number): number;
  writeCoreRegister(selector: number, value: number): void;
}

/** DHCSR, DCRSR, DCRDR and DEMCR: halting debug (ARM DDI0403 C1.6). Survives every reset but power-on. */
export class DebugControl {
  dfsr = 0;
  demcr = 0;
  halted = false;
  #control = 0;
  #dcrdr = 0;
  #resetSeen = true;
  retired = false;
  readonly #core: DebugHost;

  constructor(core: DebugHost) {
    this.#core = core;
  }

  powerOnReset(): void {
    this.dfsr = 0;
    this.demcr = 0;
    this.#control = 0;
    this.#dcrdr = 0;
    this.halted = false;
    this.#resetSeen = true;
  }

  /** A core reset clears C_HALT and S_HALT, and leaves C_DEBUGEN and DEMCR. */
  coreReset(): void {
    this.#control &= C_DEBUGEN | C_MASKINTS;
    this.halted = false;
    this.#resetSeen = true;
    this.retired = false;
  }

  get enabled(): boolean {
    return (this.#control & C_DEBUGEN) !== 0;
  }

  get interruptsMasked(): boolean {
    return (this.#control & (C_DEBUGEN | C_MASKINTS)) === (C_DEBUGEN | C_MASKINTS);
  }

  get stepping(): boolean {
    return (this.#control & (C_DEBUGEN | C_STEP | C_HALT)) === (C_DEBUGEN | C_STEP);
  }

  get haltRequested(): boolean {
    return (this.#control & (C_DEBUGEN | C_HALT)) === (C_DEBUGEN | C_HALT);
  }

  halt(reason: number): void {
    this.halted = true;
    this.dfsr |= reason;
    this.#control |= C_HALT;
  }

  /** Reads of DHCSR clear S_RESET_ST and S_RETIRE_ST. */
  readDhcsr(): number {
    let value = this.#control | S_REGRDY;
    if (this.halted) value |= S_HALT;
    if (this.#core.sleeping) value |= S_SLEEP;
    if (this.#core.lockedUp) value |= S_LOCKUP;
    if (this.retired) value |= S_RETIRE_ST;
    if (this.#resetSeen) value |= S_RESET_ST;
    // While reset is held the bit stays set: it reports a reset since the last read, or one that is on.
    this.#resetSeen = this.#core.heldInReset;
    this.retired = false;
    return value;
  }

  writeDhcsr(value: number): void {
    if (value >>> 16 !== DBGKEY) return;
    const wasHalted = this.halted;
    const masked = wasHalted ? value & C_MASKINTS : this.#control & C_MASKINTS;
    this.#control = (value & (C_DEBUGEN | C_HALT | C_STEP)) | masked;
    if (!(value & C_DEBUGEN)) {
      this.#control = 0;
      this.halted = false;
    } else if (value & C_HALT) {
      if (!this.#core.heldInReset) this.#core.enterHalt(DFSR.HALTED);
    } else this.halted = false;
    this.#core.debugChanged();
  }

  writeDcrsr(value: number): void {
    const selector = value & 0x7f;
    if (value & (1 << 16)) this.#core.writeCoreRegister(selector, this.#dcrdr);
    else this.#dcrdr = this.#core.readCoreRegister(selector);
  }

  read(offset: number): number {
    switch (offset) {
      case 0xdf0:
        return this.readDhcsr();
      case 0xdf8:
        return this.#dcrdr;
      case 0xdfc:
        return this.demcr;
      default:
        return 0;
    }
  }

  write(offset: number, value: number): void {
    switch (offset) {
      case 0xdf0:
        this.writeDhcsr(value);
        break;
      case 0xdf4:
        this.writeDcrsr(value);
        break;
      case 0xdf8:
        this.#dcrdr = value >>> 0;
        break;
      case 0xdfc:
        this.demcr = value & this.#core.profile.debug.demcrWritable;
        break;
    }
  }
}
