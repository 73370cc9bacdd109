import { BusFault, type SystemBus } from './system-bus.ts';
import { Breakpoints } from './breakpoints.ts';
import { conditionHolds } from './conditions.ts';
import { DebugControl, DFSR, VC_CORERESET } from './debug-control.ts';
import { enterException, returnFromException } from './exception-frames.ts';
import { ExceptionTaking } from './exception-taking.ts';
import { BASE_PRIORITY } from './exceptions.ts';
import { CFSR, HFSR, usageFault } from './faults.ts';
import type { ExceptionMachine, Machine } from './machine.ts';
import { Nvic } from './nvic.ts';
import { PollingLoop } from './polling-loop.ts';
import { PrivatePeripherals } from './private-peripherals.ts';
import type { CoreProfile } from './profiles.ts';
import { readSelected, writeSelected } from './selected-registers.ts';
import { SystemControl, type ResetRequest } from './system-control.ts';
import type { Timing } from './timing.ts';
import { Watchpoints } from './watchpoints.ts';

export interface CoreHooks {
  onSystemReset(kind: ResetRequest): void;
}

export interface CoreOptions {
  /** Skip whole turns of polling loops (same result, less work). Default true. */
  skipPolling?: boolean;
}

/**
 * A Cortex-M: the integer instructions of its architecture, exceptions, system control space and halting debug. It executes
 * what is in memory on the other side of its {@link SystemBus}, counting cycles. Its {@link CoreProfile} says which core it is.
 *
 * States: running; halted (debug); sleeping (WFI/WFE until an event); locked up (a fault in HardFault, until
 * reset or halt); held (nRST low). Reset leads to running or, with VC_CORERESET, to halted.
 */
export class CortexM extends ExceptionTaking implements Machine, ExceptionMachine {
  /** Instructions executed since power-on, those of skipped polling turns left out. */
  instructions = 0;
  shifterCarry = 0;
  sumCarry = 0;
  sumOverflow = 0;
  exclusive = false;
  eventRegister = false;
  sleeping = false;
  heldInReset = false;
  /** Wait states of code memory, as the chip's flash interface is set: a taken branch into it pays them. */
  codeWaitStates = 0;
  readonly priorityMask: number;
  readonly timing: Timing;
  readonly scs = new SystemControl(this);
  readonly nvic = new Nvic(this);
  readonly debug = new DebugControl(this);
  readonly breakpoints: Breakpoints;
  readonly watchpoints: Watchpoints;
  protected readonly peripherals = new PrivatePeripherals(this);
  readonly #polling = new PollingLoop();
  readonly #skipPolling: boolean;
  readonly #refill: number;
  readonly #systemBusFetch: number;
  readonly #systemBusRefill: number;
  #branched = false;
  #instructionCycles = 0;
  #blockCycles = 0;

  constructor(
    bus: SystemBus,
    profile: CoreProfile,
    readonly hooks: CoreHooks,
    options: CoreOptions = {},
  ) {
    super(bus, profile);
    this.priorityMask = (0xff << (8 - profile.priorityBits)) & 0xff;
    this.timing = profile.architecture.timing;
    this.#refill = this.timing.refill;
    this.#systemBusFetch = this.timing.systemBusFetch;
    this.#systemBusRefill = this.timing.systemBusRefill;
    this.breakpoints = new Breakpoints(profile.debug);
    this.watchpoints = new Watchpoints(this, profile.debug);
    this.#skipPolling = options.skipPolling ?? true;
    this.exceptions.reset();
  }

  get halted(): boolean {
    return this.debug.halted;
  }

  // -- reset ---------------------------------------------------------------------------------------------

  powerOnReset(): void {
    this.debug.powerOnReset();
    this.breakpoints.powerOnReset();
    this.watchpoints.powerOnReset();
    this.coreReset();
  }

  /** nRST, SYSRESETREQ or watchdog: the core restarts, its debug registers stay. */
  coreReset(): void {
    const catchReset = this.debug.enabled && (this.debug.demcr & VC_CORERESET) !== 0;
    this.debug.coreReset();
    this.exceptions.reset();
    this.scs.reset();
    this.r.fill(0);
    this.r[14] = -1;
    this.setApsr(this.masks.apsrAtReset);
    this.itState = this.ipsr = this.primask = this.basepri = this.faultmask = this.control = 0;
    this.otherStack = 0;
    this.exclusive = this.eventRegister = this.sleeping = this.lockedUp = false;
    this.code.clear();
    this.exceptionCheck = true;
    this.beginBlock();
    if (this.heldInReset) return;
    this.#loadVectors();
    // Vectors that cannot be read lock the core up; halting ends that.
    if (catchReset) this.enterHalt(DFSR.VCATCH);
  }

  /** nRST low: nothing executes; on release the core starts from its vectors. */
  holdReset(held: boolean): void {
    if (held === this.heldInReset) return;
    this.heldInReset = held;
    this.coreReset();
  }

  requestReset(kind: ResetRequest): void {
    this.sideEffect = true;
    this.hooks.onSystemReset(kind);
  }

  #loadVectors(): void {
    try {
      this.r[13] = this.bus.read(0, 4, 'fetch') & ~3;
      const start = this.bus.read(4, 4, 'fetch');
      this.thumb = (start & 1) === 1;
      this.pc = start & ~1;
    } catch (cause) {
      if (!(cause instanceof BusFault)) throw cause;
      this.scs.hfsr |= HFSR.VECTTBL;
      this.lockUp();
    }
  }

  // -- execution -----------------------------------------------------------------------------------------

  /** Executes until `cycles` reaches `untilCycle`, or the core stops (then the caller lets time pass). */
  run(untilCycle: number): void {
    while (this.cycles < untilCycle) {
      if (this.heldInReset || this.debug.halted || this.lockedUp) {
        this.cycles = untilCycle;
        this.scs.tick();
        return;
      }
      if (this.sleeping) {
        this.#sleepUntil(untilCycle);
        continue;
      }
      try {
        this.#execute(untilCycle);
      } catch (cause) {
        this.fault(cause);
      }
    }
  }

  #sleepUntil(untilCycle: number): void {
    this.cycles = Math.min(untilCycle, Math.max(this.cycles, this.scs.nextTick));
    this.scs.tick();
    if (this.#wakes()) this.sleeping = false;
  }

  #wakes(): boolean {
    const urgent = this.exceptions.mostUrgent();
    if (urgent === 0) return false;
    // PRIMASK keeps an interrupt from being taken, not from waking the core.
    const level = this.basepri === 0 ? BASE_PRIORITY : this.exceptions.group(this.basepri);
    return (
      this.exceptions.group(this.exceptions.priority[urgent]!) <
      Math.min(level, this.exceptions.activePriority())
    );
  }

  #execute(untilCycle: number): void {
    const { debug, breakpoints, watchpoints } = this;
    while (this.cycles < untilCycle) {
      if (this.cycles >= this.scs.nextTick) this.scs.tick();
      if (this.exceptionCheck && this.takeException()) continue;
      if (debug.halted || this.sleeping || this.lockedUp || this.heldInReset) return;
      if (breakpoints.addresses.size > 0 || watchpoints.pcAddresses.size > 0) {
        if (this.#stopsAt(this.pc)) return;
      }
      this.#step();
      if (debug.stepping) {
        debug.halt(DFSR.HALTED);
        return;
      }
      if (this.#branched && this.#skipPolling) this.#skipTurns(untilCycle);
    }
  }

  #step(): void {
    if (!this.thumb) throw usageFault(CFSR.INVSTATE);
    const decoded = this.code.at(this.pc);
    this.nextPc = this.pc + decoded.bytes;
    this.#branched = false;
    const it = this.itState;
    if (it === 0 || decoded.unconditional || conditionHolds(it >>> 4, this)) decoded.execute(this);
    if (it !== 0 && this.itState === it) this.itState = (it & 7) === 0 ? 0 : (it & 0xe0) | ((it << 1) & 0x1f);
    const systemBus = this.pc >>> 29 !== 0;
    this.pc = this.nextPc | 0;
    this.debug.retired = true;
    this.instructions += 1;
    this.#account(decoded.cycles, decoded.bytes >>> 1, systemBus);
    if (this.watchHit) {
      this.watchHit = false;
      this.enterHalt(DFSR.DWTTRAP);
    }
  }

  /** Cycles of a straight run: the instructions' own, or what the system bus needs to fetch and load them. */
  #account(cycles: number, halfWords: number, systemBus: boolean): void {
    this.#instructionCycles += cycles;
    if (systemBus) this.busCycles += halfWords * this.#systemBusFetch;
    const block = this.#instructionCycles > this.busCycles ? this.#instructionCycles : this.busCycles;
    this.cycles += block - this.#blockCycles + this.bus.takeStallCycles();
    this.#blockCycles = block;
    if (this.#branched) {
      const intoSystemBus = this.pc >>> 29 !== 0;
      this.cycles += this.#refill + (intoSystemBus ? this.#systemBusRefill : this.codeWaitStates);
      this.beginBlock();
    }
  }

  protected beginBlock(): void {
    this.#instructionCycles = this.busCycles = this.#blockCycles = 0;
  }

  #skipTurns(untilCycle: number): void {
    const stable = this.bus.stableUntilCycle();
    const horizon = stable < this.scs.nextTick ? stable : this.scs.nextTick;
    this.cycles += this.#polling.turn(this, this.sideEffect, horizon, untilCycle);
    this.sideEffect = false;
  }

  #stopsAt(pc: number): boolean {
    if (!this.debug.enabled) return false;
    if (this.breakpoints.addresses.has(pc)) this.enterHalt(DFSR.BKPT);
    else if (this.watchpoints.pcAddresses.has(pc)) this.enterHalt(DFSR.DWTTRAP);
    return this.debug.halted;
  }

  // -- control flow --------------------------------------------------------------------------------------

  branch(target: number): void {
    this.nextPc = target & ~1;
    this.#branched = true;
  }

  /** BX, POP {PC}, LDR PC: bit 0 selects Thumb; EXC_RETURN values end a handler. */
  branchExchange(target: number): void {
    if (this.ipsr !== 0 && target >>> 28 === 15) {
      returnFromException(this, target);
      this.#branched = true;
      this.sideEffect = true;
      return;
    }
    this.thumb = (target & 1) === 1;
    this.branch(target);
  }

  breakpointInstruction(): void {
    if (this.debug.enabled) {
      this.nextPc = this.pc;
      this.enterHalt(DFSR.BKPT);
      return;
    }
    this.scs.hfsr |= HFSR.DEBUGEVT;
    // A fault returns to the instruction that has caused it (ARM DDI0403 B1.5.6, ReturnAddress).
    this.escalate(this.pc);
  }

  waitForInterrupt(): void {
    this.sleeping = !this.#wakes();
    this.sideEffect = true;
  }

  waitForEvent(): void {
    if (!this.eventRegister) this.sleeping = !this.#wakes();
    this.eventRegister = false;
    this.sideEffect = true;
  }

  protected startException(exception: number, returnAddress: number): void {
    enterException(this, exception, returnAddress);
  }

  // -- debug ---------------------------------------------------------------------------------------------

  enterHalt(reason: number): void {
    if (this.debug.halted) return;
    this.debug.halt(reason);
    this.sleeping = false;
    this.lockedUp = false;
    this.sideEffect = true;
  }

  readCoreRegister(selector: number): number {
    return readSelected(this, selector) >>> 0;
  }

  writeCoreRegister(selector: number, value: number): void {
    writeSelected(this, selector, value | 0);
    this.beginBlock();
    this.exceptionsChanged();
  }
}
