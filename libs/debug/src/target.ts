import { ProbeError, type ProbePlace } from './errors.ts';
import type { DebugLink } from './link.ts';
import { MemoryAccess } from './memory-access.ts';
import { Patience } from './patience.ts';
import {
  AIRCR,
  ALL_REGISTERS,
  C_DEBUGEN,
  C_HALT,
  C_MASKINTS,
  C_STEP,
  CORE_REGISTERS,
  DBGKEY,
  DEMCR,
  DFSR,
  DFSR_VCATCH,
  DHCSR,
  S_HALT,
  S_LOCKUP,
  S_RESET_ST,
  S_SLEEP,
  SYSRESETREQ,
  TRCENA,
  VC_CORERESET,
  type CoreRegister,
} from './registers.ts';

const HALT_TIMEOUT_MS = 500;
const POLL_MS = 1;

/** The bits of DHCSR. */
export interface CoreState {
  readonly halted: boolean;
  /** A fault inside a fault: the core is locked up and only a halt or a reset helps. */
  readonly lockedUp: boolean;
  readonly asleep: boolean;
  /** Was reset since the state was last read, or is held in reset. */
  readonly resetSeen: boolean;
}

/**
 * A microcontroller that answers on a debug link: its memory, its debug and access ports, its core. Every call may
 * throw ProbeError: `target.*` for the chip and its wiring, `probe.*` for the probe.
 */
export class Target extends MemoryAccess {
  /** The last known state of the core; null after anything that may have changed it. */
  #halted: boolean | null = null;
  #resetsKnown = 0;
  #interruptsMasked = false;

  /** Use `attach`. */
  constructor(
    link: DebugLink,
    /** The debug port's identification. */
    readonly dpidr: number,
    /** The core's identification, as read when it was attached. */
    readonly cpuid: number,
  ) {
    super(link);
  }

  // -- debug and access ports (`probe.unsupported` where the link cannot) --------------------------------

  readDp(register: number): Promise<number> {
    return this.link.readDap('dp', register);
  }

  writeDp(register: number, value: number): Promise<void> {
    return this.link.writeDap('dp', register, value);
  }

  readAp(ap: number, register: number): Promise<number> {
    return this.link.readDap(ap, register);
  }

  writeAp(ap: number, register: number, value: number): Promise<void> {
    return this.link.writeDap(ap, register, value);
  }

  // -- core (ARM DDI0403 C1.6) ---------------------------------------------------------------------------

  async state(): Promise<CoreState> {
    const dhcsr = await this.readWord(DHCSR);
    const halted = (dhcsr & S_HALT) !== 0;
    this.#halted = halted;
    this.#resetsKnown = this.link.resetsDriven;
    return {
      halted,
      lockedUp: (dhcsr & S_LOCKUP) !== 0,
      asleep: (dhcsr & S_SLEEP) !== 0,
      resetSeen: (dhcsr & S_RESET_ST) !== 0,
    };
  }

  async isHalted(): Promise<boolean> {
    return (await this.state()).halted;
  }

  async halt(): Promise<void> {
    await this.#control(C_HALT);
    await this.waitForHalt(HALT_TIMEOUT_MS);
  }

  /** Lets the core run; `maskInterrupts` for loaders in RAM. */
  async resume(maskInterrupts = false): Promise<void> {
    // C_MASKINTS may change only while the core is halted, so it changes before C_HALT is cleared.
    if (maskInterrupts !== this.#interruptsMasked) await this.#mask(maskInterrupts);
    await this.#control(maskInterrupts ? C_MASKINTS : 0);
  }

  /** Executes one instruction, interrupts masked. */
  async step(): Promise<void> {
    if (!this.#interruptsMasked) await this.#mask(true);
    await this.#control(C_STEP | C_MASKINTS);
    await this.waitForHalt(HALT_TIMEOUT_MS);
  }

  /** @throws ProbeError `target.timeout`, which says so when the core is held in reset */
  async waitForHalt(timeoutMs: number, pollMs = POLL_MS): Promise<void> {
    const patience = new Patience(this.link.clock, timeoutMs);
    for (;;) {
      const late = patience.spent();
      const { halted, resetSeen } = await this.state();
      if (halted) return;
      if (late) throw this.#notHaltedIn(timeoutMs, resetSeen);
      await patience.wait(pollMs);
    }
  }

  /**
   * Resets the chip and stops the core before its first instruction, proven by the vector catch's own flag. The core
   * is halted first, so that what it was doing does not go on.
   * @param request what makes the chip reset; by default SYSRESETREQ
   * @throws ProbeError `target.not_halted` when it stopped for another reason: the chip did not reset
   */
  async resetAndHalt(request: () => Promise<void> = () => this.writeWord(AIRCR, SYSRESETREQ)): Promise<void> {
    await this.#mask(false);
    await this.armResetCatch();
    this.#halted = null;
    await request();
    await this.waitForHalt(HALT_TIMEOUT_MS);
    if (await this.disarmResetCatch()) return;
    throw new ProbeError('target.not_halted:no-reset', this.#at('reset and halt the core'));
  }

  /** Resets the chip and lets it run free, the debugger off. */
  async resetAndRun(): Promise<void> {
    await this.#mask(false);
    await this.writeWord(DEMCR, 0);
    await this.writeWord(AIRCR, SYSRESETREQ);
    await this.#free();
  }

  /** The next core reset will halt the core before its first instruction. Works while nRST is held. */
  async armResetCatch(): Promise<void> {
    await this.writeWord(DFSR, DFSR_VCATCH);
    await this.writeWord(DEMCR, TRCENA | VC_CORERESET);
  }

  /** Resolves with whether the catch has fired since it was armed. */
  async disarmResetCatch(): Promise<boolean> {
    const fired = (await this.readWord(DFSR)) & DFSR_VCATCH;
    await this.writeWord(DEMCR, TRCENA);
    return fired !== 0;
  }

  /** Turns the debugger on without halting. */
  async enableDebug(): Promise<void> {
    await this.#control(0);
  }

  /** @throws ProbeError `target.not_halted` when the core runs: its registers cannot be had then */
  async readRegister(register: CoreRegister): Promise<number> {
    await this.#requireHalted(`read ${register}`);
    return this.link.readCoreRegister(CORE_REGISTERS[register], register);
  }

  async writeRegister(register: CoreRegister, value: number): Promise<void> {
    await this.#requireHalted(`write ${register}`);
    await this.link.writeCoreRegister(CORE_REGISTERS[register], value, register);
  }

  /** All of them, in two exchanges. */
  async readRegisters(): Promise<Record<CoreRegister, number>> {
    await this.#requireHalted('read all registers');
    const read = await this.link.readCoreRegisters();
    const values = ALL_REGISTERS.map((name, i) => [name, read[i]!] as const);
    const special = await this.readRegister('special');
    return { ...(Object.fromEntries(values) as Record<CoreRegister, number>), special };
  }

  /** Leaves the target: running free, or halted with the debugger on. */
  async detach(options: { readonly resume: boolean }): Promise<void> {
    if (options.resume) await this.#free();
    await this.link.leaveMode();
  }

  override async writeWord(address: number, value: number): Promise<void> {
    if (address === DHCSR || address === AIRCR) this.#halted = null;
    await super.writeWord(address, value);
  }

  async #control(bits: number): Promise<void> {
    await this.writeWord(DHCSR, (DBGKEY | C_DEBUGEN | bits) >>> 0);
  }

  async #mask(masked: boolean): Promise<void> {
    await this.#control(C_HALT | (masked ? C_MASKINTS : 0));
    this.#interruptsMasked = masked;
  }

  async #free(): Promise<void> {
    if (this.#interruptsMasked) await this.#mask(false);
    await this.writeWord(DHCSR, DBGKEY);
  }

  async #requireHalted(operation: string): Promise<void> {
    if (this.#resetsKnown === this.link.resetsDriven && this.#halted) return;
    if (await this.isHalted()) return;
    throw new ProbeError('target.not_halted', this.#at(operation));
  }

  #notHaltedIn(ms: number, resetSeen: boolean): ProbeError {
    const place = this.#at('wait for the core to halt');
    return resetSeen
      ? new ProbeError('target.timeout:in-reset', place)
      : new ProbeError('target.timeout', { ...place, ms });
  }

  #at(operation: string): ProbePlace {
    return { portPath: this.link.portPath, operation };
  }
}
