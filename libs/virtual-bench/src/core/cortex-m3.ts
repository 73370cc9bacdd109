import { BusFault, type AccessBytes, type SystemBus } from '../target/system-bus.ts';
import { bitBandOf } from './bit-band.ts';
import { Breakpoints } from './breakpoints.ts';
import { conditionHolds } from './conditions.ts';
import { CodeCache } from './code-cache.ts';
import { DebugControl, DFSR, VC_CORERESET, VC_HARDERR } from './debug-control.ts';
import { enterException, returnFromException } from './exception-frames.ts';
import { BASE_PRIORITY, ExceptionTable } from './exceptions.ts';
import { CFSR, CoreFault, EXCEPTION, HFSR, usageFault } from './faults.ts';
import type { ExceptionMachine, Machine } from './machine.ts';
import { Nvic } from './nvic.ts';
import { PollingLoop } from './polling-loop.ts';
import { PrivatePeripherals } from './private-peripherals.ts';
import { requirePrivilege } from './privilege.ts';
import type { CoreProfile } from './profiles.ts';
import { CoreRegisters } from './core-registers.ts';
import { readSelected, writeSelected } from './selected-registers.ts';
import { SystemControl, type ResetRequest } from './system-control.ts';
import { REFILL_CYCLES, SYSTEM_BUS_FETCH_CYCLES_PER_HALF_WORD, SYSTEM_BUS_REFILL_CYCLES } from './timing.ts';
import { Watchpoints } from './watchpoints.ts';

export interface CoreHooks {
  onSystemReset(kind: ResetRequest): void;
}

export interface CoreOptions {
  /** Skip whole turns of polling loops (same result, less work). Default true. */
  skipPolling?: boolean;
}

const LOCKUP_PC = 0xfffffffe | 0;

/**
 * A Cortex-M3: ARMv7-M integer instructions, exceptions, system control space and halting debug. It executes
 * whatever lies in memory behind its {@link SystemBus}, counting cycles.
 *
 * States: running; halted (debug); sleeping (WFI/WFE until an event); locked up (a fault in HardFault, until
 * reset or halt); held (nRST low). Reset leads to running or, with VC_CORERESET, to halted.
 */
export class CortexM3 extends CoreRegisters implements Machine, ExceptionMachine {
  /** Address of the instruction being executed. */
  pc = 0;
  nextPc = 0;
  cycles = 0;
  /** Instructions executed since power-on, those of skipped polling turns left out. */
  instructions = 0;
  shifterCarry = 0;
  sumCarry = 0;
  sumOverflow = 0;
  exclusive = false;
  /** Within LDRT, STRT and their like: the access counts as unprivileged. */
  unprivilegedAccess = false;
  eventRegister = false;
  sleeping = false;
  lockedUp = false;
  heldInReset = false;
  /** Wait states of code memory, as the chip's flash interface is set: a taken branch into it pays them. */
  codeWaitStates = 0;
  readonly priorityMask: number;
  readonly exceptions = new ExceptionTable();
  readonly scs = new SystemControl(this);
  readonly nvic = new Nvic(this);
  readonly debug = new DebugControl(this);
  readonly breakpoints = new Breakpoints();
  readonly watchpoints: Watchpoints;
  readonly #peripherals = new PrivatePeripherals(this);
  readonly #code: CodeCache;
  readonly #polling = new PollingLoop();
  readonly #skipPolling: boolean;
  #branched = false;
  #sideEffect = true;
  #exceptionCheck = true;
  #instructionCycles = 0;
  #busCycles = 0;
  #blockCycles = 0;
  #watchHit = false;

  constructor(
    readonly bus: SystemBus,
    readonly profile: CoreProfile,
    readonly hooks: CoreHooks,
    options: CoreOptions = {},
  ) {
    super();
    this.priorityMask = (0xff << (8 - profile.priorityBits)) & 0xff;
    this.watchpoints = new Watchpoints(this);
    this.#code = new CodeCache(bus);
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
    this.n = this.z = this.c = this.v = this.q = 0;
    this.itState = this.ipsr = this.primask = this.basepri = this.faultmask = this.control = 0;
    this.otherStack = 0;
    this.exclusive = this.eventRegister = this.sleeping = this.lockedUp = false;
    this.#code.clear();
    this.#exceptionCheck = true;
    this.#beginBlock();
    if (this.heldInReset) return;
    this.#loadVectors();
    if (catchReset) this.debug.halt(DFSR.VCATCH);
  }

  /** nRST low: nothing executes; on release the core starts from its vectors. */
  holdReset(held: boolean): void {
    if (held === this.heldInReset) return;
    this.heldInReset = held;
    this.coreReset();
  }

  requestReset(kind: ResetRequest): void {
    this.#sideEffect = true;
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
        this.#fault(cause);
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
      if (this.#exceptionCheck && this.#takeException()) continue;
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
    const decoded = this.#code.at(this.pc);
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
    if (this.#watchHit) {
      this.#watchHit = false;
      this.enterHalt(DFSR.DWTTRAP);
    }
  }

  /** Cycles of a straight run: the instructions' own, or what the system bus needs to fetch and load them. */
  #account(cycles: number, halfWords: number, systemBus: boolean): void {
    this.#instructionCycles += cycles;
    if (systemBus) this.#busCycles += halfWords * SYSTEM_BUS_FETCH_CYCLES_PER_HALF_WORD;
    const block = this.#instructionCycles > this.#busCycles ? this.#instructionCycles : this.#busCycles;
    this.cycles += block - this.#blockCycles + this.bus.takeStallCycles();
    this.#blockCycles = block;
    if (this.#branched) {
      const intoSystemBus = this.pc >>> 29 !== 0;
      this.cycles += REFILL_CYCLES + (intoSystemBus ? SYSTEM_BUS_REFILL_CYCLES : this.codeWaitStates);
      this.#beginBlock();
    }
  }

  #beginBlock(): void {
    this.#instructionCycles = this.#busCycles = this.#blockCycles = 0;
  }

  #skipTurns(untilCycle: number): void {
    const stable = this.bus.stableUntilCycle();
    const horizon = stable < this.scs.nextTick ? stable : this.scs.nextTick;
    this.cycles += this.#polling.turn(this, this.#sideEffect, horizon, untilCycle);
    this.#sideEffect = false;
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
      this.#sideEffect = true;
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
    this.#escalate(this.pc);
  }

  waitForInterrupt(): void {
    this.sleeping = !this.#wakes();
    this.#sideEffect = true;
  }

  waitForEvent(): void {
    if (!this.eventRegister) this.sleeping = !this.#wakes();
    this.eventRegister = false;
    this.#sideEffect = true;
  }

  // -- memory --------------------------------------------------------------------------------------------

  load(address: number, bytes: AccessBytes): number {
    const at = address >>> 0;
    if (at % bytes !== 0) return this.#loadUnaligned(at, bytes);
    if (this.watchpoints.watching && this.watchpoints.hits(at, bytes, false))
      this.#watchHit = this.debug.enabled;
    if (at >>> 29 !== 0) this.#busCycles += 1;
    if (at >= 0xe0000000) {
      if (!this.scs.readsStill(at)) this.#sideEffect = true;
      return this.#private(at, bytes);
    }
    try {
      const band = bitBandOf(at);
      if (band) return (this.bus.read(band.address, 1, 'data') >>> band.bit) & 1;
      return this.bus.read(at, bytes, 'data');
    } catch (cause) {
      throw dataFault(cause, CFSR.PRECISERR | CFSR.BFARVALID);
    }
  }

  store(address: number, bytes: AccessBytes, value: number): void {
    const at = address >>> 0;
    this.#sideEffect = true;
    if (at % bytes !== 0) {
      this.#storeUnaligned(at, bytes, value);
      return;
    }
    if (this.watchpoints.watching && this.watchpoints.hits(at, bytes, true))
      this.#watchHit = this.debug.enabled;
    if (at >>> 29 !== 0) this.#busCycles += 1;
    const masked = bytes === 4 ? value >>> 0 : bytes === 2 ? value & 0xffff : value & 0xff;
    try {
      if (at >= 0xe0000000) {
        requirePrivilege(this, at, true);
        this.ppbWrite(at, bytes, masked);
        return;
      }
      this.#code.invalidate(at, bytes);
      const band = bitBandOf(at);
      if (band) this.#writeBit(band.address, band.bit, masked & 1, 'data');
      else this.bus.write(at, bytes, masked, 'data');
    } catch (cause) {
      throw dataFault(cause, CFSR.PRECISERR | CFSR.BFARVALID);
    }
  }

  #private(at: number, bytes: AccessBytes): number {
    try {
      requirePrivilege(this, at, false);
      return this.ppbRead(at, bytes);
    } catch (cause) {
      throw dataFault(cause, CFSR.PRECISERR | CFSR.BFARVALID);
    }
  }

  #writeBit(address: number, bit: number, value: number, master: 'data' | 'debug'): void {
    const old = this.bus.read(address, 1, master);
    this.bus.write(address, 1, (old & ~(1 << bit)) | (value << bit), master);
  }

  requireAlignment(address: number, bytes: number): void {
    if ((address >>> 0) % bytes !== 0) throw usageFault(CFSR.UNALIGNED);
  }

  #loadUnaligned(at: number, bytes: AccessBytes): number {
    if (this.scs.unalignedTraps) throw usageFault(CFSR.UNALIGNED);
    let value = 0;
    for (let i = 0; i < bytes; i += 1) value |= this.load(at + i, 1) << (8 * i);
    return value >>> 0;
  }

  #storeUnaligned(at: number, bytes: AccessBytes, value: number): void {
    if (this.scs.unalignedTraps) throw usageFault(CFSR.UNALIGNED);
    for (let i = 0; i < bytes; i += 1) this.store(at + i, 1, (value >>> (8 * i)) & 0xff);
  }

  ppbRead(address: number, bytes: AccessBytes): number {
    if (isChipOwned(address)) return this.bus.read(address, bytes, 'data');
    return this.#peripherals.read(address, bytes);
  }

  ppbWrite(address: number, bytes: AccessBytes, value: number): void {
    if (isChipOwned(address)) this.bus.write(address, bytes, value, 'data');
    else this.#peripherals.write(address, bytes, value);
  }

  /** An access of the AHB-AP. @throws BusFault */
  debugRead(address: number, bytes: AccessBytes): number {
    const at = address >>> 0;
    if (at >= 0xe0000000 && !isChipOwned(at)) return this.#peripherals.read(at, bytes);
    const band = bitBandOf(at);
    if (band) return (this.bus.read(band.address, 1, 'debug') >>> band.bit) & 1;
    return this.bus.read(at, bytes, 'debug');
  }

  /** An access of the AHB-AP. @throws BusFault */
  debugWrite(address: number, bytes: AccessBytes, value: number): void {
    const at = address >>> 0;
    this.#sideEffect = true;
    if (at >= 0xe0000000 && !isChipOwned(at)) {
      this.#peripherals.write(at, bytes, value);
      return;
    }
    this.#code.invalidate(at, bytes);
    const band = bitBandOf(at);
    if (band) this.#writeBit(band.address, band.bit, value & 1, 'debug');
    else this.bus.write(at, bytes, value, 'debug');
  }

  /** Memory changed beside the core's own stores (flash programming): decoded instructions are dropped. */
  invalidateCode(address: number, lengthBytes: number): void {
    this.#code.invalidate(address, lengthBytes);
    this.#sideEffect = true;
  }

  // -- exceptions ----------------------------------------------------------------------------------------

  exceptionsChanged(): void {
    this.#exceptionCheck = true;
    this.#sideEffect = true;
  }

  debugChanged(): void {
    this.#sideEffect = true;
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
      this.#escalate(this.nextPc);
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

  #takeException(): boolean {
    this.#exceptionCheck = false;
    if (!this.exceptions.anyPending) return false;
    const exception = this.preempting();
    if (exception !== 0) this.#enter(exception, this.pc);
    return exception !== 0;
  }

  #enter(exception: number, returnAddress: number): void {
    this.exceptions.setPending(exception, false);
    this.#sideEffect = true;
    this.#exceptionCheck = true;
    this.#beginBlock();
    enterException(this, exception, returnAddress);
  }

  #fault(cause: unknown): void {
    if (!(cause instanceof CoreFault)) throw cause;
    this.cycles += 1 + this.bus.takeStallCycles();
    this.#sideEffect = true;
    this.scs.cfsr |= cause.cfsrBits;
    if (cause.address !== null) {
      if (cause.cfsrBits & CFSR.MMARVALID) this.scs.mmfar = cause.address >>> 0;
      if (cause.cfsrBits & CFSR.BFARVALID) this.scs.bfar = cause.address >>> 0;
    }
    const exception = this.escalated(cause.exception);
    if (exception === EXCEPTION.hardFault) this.#escalate(this.pc);
    else this.#enter(exception, this.pc);
  }

  /** What a synchronous exception is taken as: itself, or HardFault where it is off or not urgent enough. */
  escalated(exception: number): number {
    const { exceptions } = this;
    const urgent = exceptions.group(exceptions.priority[exception]!) < this.executionPriority();
    if (urgent && exceptions.enabled[exception] === 1) return exception;
    this.scs.hfsr |= HFSR.FORCED;
    return EXCEPTION.hardFault;
  }

  #escalate(returnAddress: number): void {
    if (this.executionPriority() <= -1) {
      this.lockUp();
      return;
    }
    this.#enter(EXCEPTION.hardFault, returnAddress);
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

  // -- debug ---------------------------------------------------------------------------------------------

  enterHalt(reason: number): void {
    if (this.debug.halted) return;
    this.debug.halt(reason);
    this.sleeping = false;
    this.lockedUp = false;
    this.#sideEffect = true;
  }

  readCoreRegister(selector: number): number {
    return readSelected(this, selector) >>> 0;
  }

  writeCoreRegister(selector: number, value: number): void {
    writeSelected(this, selector, value | 0);
    this.#beginBlock();
    this.exceptionsChanged();
  }
}

/** DBGMCU and the ROM table stand on the private bus but belong to the chip. */
function isChipOwned(address: number): boolean {
  return (address >= 0xe0042000 && address < 0xe0043000) || (address >= 0xe00ff000 && address <= 0xe00fffff);
}

function dataFault(cause: unknown, bits: number): unknown {
  if (!(cause instanceof BusFault)) return cause;
  return new CoreFault(EXCEPTION.busFault, bits, cause.address);
}
