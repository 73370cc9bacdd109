import { CortexM, type CoreOptions } from '../core/cortex-m.ts';
import { CORE_PROFILES } from '../core/profiles.ts';
import type { BoardProfile } from '../profiles/profile.ts';
import { SERIES } from '../profiles/profiles.ts';
import type { Series } from '../profiles/series.ts';
import type { LedgerParts } from '../time/ledger.ts';
import { narrow, valueAt, wordAt } from './byte-lanes.ts';
import { Clocks, RESET_FLAG } from './clocks.ts';
import { CrcUnit } from './crc-unit.ts';
import { DebugUnit } from './debug-unit.ts';
import { FLASH_BASE, FlashArray } from './flash-array.ts';
import { FlashInterface } from './flash-interface.ts';
import { IndependentWatchdog } from './independent-watchdog.ts';
import { Noise } from './interrupted-cells.ts';
import { OPTION_BASE, OptionBytes } from './option-bytes.ts';
import { PeripheralBus } from './peripheral-bus.ts';
import { readRomTable, ROM_TABLE_BASE } from './rom-table.ts';
import { BusFault, type AccessBytes, type BusMaster, type SystemBus } from '../core/system-bus.ts';
import { bootMemory, SystemConfiguration } from './system-configuration.ts';
import { SystemMemory } from './system-memory.ts';

const PS_PER_S = 1e12;
/** Globals that the hot path uses, looked up once. */
const { ceil, round } = Math;
const NEVER = Infinity;
const SRAM_BASE = 0x20000000;
const PRIVATE_BUS = 0xe0000000;
const BLANK = 0xffffffff;
/** The core runs in slices, so that a change of clock is seen soon. */
const SLICE_CYCLES = 32_768;
/** A RAM word that does not keep one bit. */
export interface RamFault {
  address: number;
  bit: number;
}

/**
 * A microcontroller of one of the series in `profiles/`: core, memories, flash controller, clocks, watchdog and debug registers
 * on one timeline. `advance` lets time pass; everything else happens at `nowPs`.
 */
export class Chip implements SystemBus {
  readonly core: CortexM;
  readonly flash: FlashArray;
  readonly options: OptionBytes;
  readonly sram: Uint8Array;
  readonly series: Series;
  readonly #fpec: FlashInterface;
  readonly #clocks: Clocks;
  readonly #watchdog: IndependentWatchdog;
  readonly #peripherals: PeripheralBus;
  readonly #system: SystemMemory;
  readonly #debugUnit: DebugUnit;
  readonly #configuration: SystemConfiguration;
  /** Main flash began with a blank word when the option bytes were loaded last. */
  #blankAtLoad = false;
  readonly #ledger: LedgerParts;
  #timePs = 0;
  /** Time at core cycle `#anchorCycle`, and picoseconds a cycle from there. */
  #anchorPs = 0;
  #anchorCycle = 0;
  #cyclePs: number;
  #runningCore = false;
  #stallCycles = 0;
  #resetLine = false;
  #wantsReset = false;
  #wantsLaunch = false;
  ramFault: RamFault | null = null;
  /** nRST is pulled low by someone else than the probe: the operator's finger on the button. */
  buttonHeld = false;
  /** The firmware gives the SWD pins away with its first instructions, as a fault laid on the board. */
  firmwareTakesPins = false;
  #pinsTaken = false;
  /** Whether the supply is above the threshold of the power-on reset; below it nothing answers. */
  powered = true;

  constructor(
    readonly profile: BoardProfile,
    readonly uid: readonly number[],
    ledger: LedgerParts,
    coreOptions: CoreOptions = {},
  ) {
    this.#ledger = ledger;
    const series = (this.series = SERIES[profile.series]);
    this.options = new OptionBytes(series.options, profile.wrpBytes);
    this.flash = new FlashArray(profile.flashBytes, profile.pageBytes);
    this.sram = new Uint8Array(profile.sramBytes);
    this.#system = new SystemMemory(profile, series.signature, uid, this.options);
    this.#debugUnit = new DebugUnit(series.debugUnit, profile.idcode);
    this.#watchdog = new IndependentWatchdog(() => this.nowPs(), series.watchdogWindow);
    this.#configuration = new SystemConfiguration(() => this.core.invalidateCode(0, this.flash.sizeBytes));
    this.#clocks = new Clocks(
      series.clocks,
      profile,
      () => this.nowPs(),
      () => this.#clockChanged(),
    );
    this.#cyclePs = PS_PER_S / this.#clocks.hclkHz;
    const coreProfile = {
      ...CORE_PROFILES[profile.core],
      priorityBits: profile.priorityBits,
      interruptLines: profile.interruptLines,
    };
    const hooks = { onSystemReset: () => (this.#wantsReset = true) };
    this.core = new CortexM(this, coreProfile, hooks, coreOptions);
    this.#fpec = this.#newFlashInterface();
    this.#peripherals = new PeripheralBus(series, {
      flash: this.#fpec,
      clocks: this.#clocks,
      watchdog: this.#watchdog,
      crc: new CrcUnit(series.crc, () => this.#clocks.crcEnabled),
      debugUnit: this.#debugUnit,
      systemConfiguration: this.#configuration,
    });
  }

  #newFlashInterface(): FlashInterface {
    const around = {
      nowPs: () => this.nowPs(),
      debuggerAttached: () => this.core.debug.enabled,
      hsiRunning: () => this.#clocks.hsiRunning,
      cellsChanged: (address: number, lengthBytes: number) => this.#cellsChanged(address, lengthBytes),
      latencyChanged: (waitStates: number) => (this.core.codeWaitStates = waitStates),
      launchOptions: () => (this.#wantsReset = this.#wantsLaunch = true),
    };
    return new FlashInterface(this.profile, this.series, this.flash, this.options, around, this.#ledger);
  }

  // -- power and reset -----------------------------------------------------------------------------------

  /** Power comes on at `timePs` of the slot's time line. */
  powerOn(timePs: number): void {
    this.#timePs = timePs;
    // RAM comes up with anything, and nothing that a program may count on.
    const noise = new Noise(this.uid[2]! ^ timePs);
    for (let i = 0; i < this.sram.length; i += 1) this.sram[i] = noise.byte();
    this.#debugUnit.powerOnReset();
    this.#resetPeripherals(RESET_FLAG.power | RESET_FLAG.pin, true);
    this.core.powerOnReset();
    this.#anchor();
  }

  /** The probe or the button drives nRST. While low the core stands; the debug port answers. */
  driveReset(low: boolean): void {
    const held = low || this.buttonHeld;
    if (held === this.#resetLine) return;
    this.#resetLine = held;
    this.#anchor();
    if (held) {
      this.#resetPeripherals(RESET_FLAG.pin);
      this.core.holdReset(true);
    } else {
      this.#watchdog.reset(this.options.hardwareWatchdog);
      this.core.holdReset(false);
    }
    this.#anchor();
  }

  get resetHeld(): boolean {
    return this.#resetLine;
  }

  #systemReset(flags: number, loadsOptions = false): void {
    this.#anchor();
    this.#resetPeripherals(flags, loadsOptions);
    this.core.coreReset();
    this.#anchor();
  }

  #resetPeripherals(flags: number, loadsOptions = false): void {
    this.#fpec.reset();
    if (loadsOptions || this.series.options.loadedBy === 'reset') {
      this.options.load();
      this.#blankAtLoad = wordAt(this.flash.cells, 0) === BLANK;
    }
    this.#configuration.reset(bootMemory(this.profile, this.options, this.#blankAtLoad));
    this.#clocks.reset(flags);
    this.#peripherals.plain.reset();
    this.#system.signatureBlank = false;
    // While nRST is low the watchdog does not count.
    this.#watchdog.reset(this.options.hardwareWatchdog && !this.#resetLine);
    this.#pinsTaken = false;
  }

  // -- time ----------------------------------------------------------------------------------------------

  /** Now, on the slot's time line: within the core's run, the time of the cycle it is at. */
  nowPs(): number {
    return this.#runningCore ? this.#timeOf(this.core.cycles + this.#stallCycles) : this.#timePs;
  }

  /** Lets time pass up to `untilPs`: the core executes, the watchdog counts. */
  advance(untilPs: number): void {
    if (!this.powered) {
      this.#timePs = untilPs;
      this.#anchor();
    }
    while (this.#timePs < untilPs) {
      const deadline = this.#watchdog.deadlinePs;
      const frozen = this.core.halted && this.#debugUnit.stopsWatchdog;
      const target = frozen ? untilPs : Math.min(untilPs, Math.max(deadline, this.#timePs));
      const before = this.#timePs;
      if (this.firmwareTakesPins && !this.#resetLine && this.#runsFirmware) this.#pinsTaken = true;
      this.#runCore(target);
      if (frozen) this.#watchdog.postpone(this.#timePs - before);
      else if (this.#timePs >= deadline && !this.#resetLine)
        this.#systemReset(RESET_FLAG.iwdg | RESET_FLAG.pin);
      if (this.#wantsReset) this.#answerReset();
    }
  }

  /** A reset that the core or the flash controller has asked for. */
  #answerReset(): void {
    const launched = this.#wantsLaunch;
    this.#wantsReset = this.#wantsLaunch = false;
    this.#systemReset((launched ? RESET_FLAG.launch : RESET_FLAG.software) | RESET_FLAG.pin, launched);
  }

  #runCore(targetPs: number): void {
    const targetCycle = this.#cycleAt(targetPs);
    const before = this.core.cycles;
    this.#runningCore = true;
    try {
      while (this.core.cycles < this.#cycleAt(targetPs) && !this.#wantsReset) {
        this.core.run(Math.min(this.#cycleAt(targetPs), this.core.cycles + SLICE_CYCLES));
      }
    } finally {
      this.#runningCore = false;
    }
    this.#ledger.coreCycles += this.core.cycles - before;
    this.#timePs = this.#wantsReset ? Math.max(this.#timePs, this.#timeOf(this.core.cycles)) : targetPs;
    if (targetCycle > this.core.cycles && !this.#wantsReset) this.core.cycles = targetCycle;
  }

  #timeOf(cycle: number): number {
    return this.#anchorPs + round((cycle - this.#anchorCycle) * this.#cyclePs);
  }

  #cycleAt(timePs: number): number {
    return this.#anchorCycle + Math.floor((timePs - this.#anchorPs) / this.#cyclePs);
  }

  #anchor(): void {
    this.#anchorPs = this.nowPs();
    this.#anchorCycle = this.core.cycles + (this.#runningCore ? this.#stallCycles : 0);
    this.#cyclePs = PS_PER_S / this.#clocks.hclkHz;
  }

  #clockChanged(): void {
    if (PS_PER_S / this.#clocks.hclkHz === this.#cyclePs) return;
    this.#anchor();
    const limit = this.series.signature.blankAboveHz;
    if (limit !== null && this.#clocks.hclkHz > limit && this.#fpec.latency === 0)
      this.#system.signatureBlank = true;
  }

  takeStallCycles(): number {
    const stall = this.#stallCycles;
    this.#stallCycles = 0;
    return stall;
  }

  stableUntilCycle(): number {
    const now = this.nowPs();
    const busy = this.#fpec.busyUntilPs;
    const clock = this.#clocks.nextChangePs();
    const change = busy > now && busy < clock ? busy : clock;
    return change === NEVER ? NEVER : this.#anchorCycle + ceil((change - this.#anchorPs) / this.#cyclePs);
  }

  /** The flash array cannot be read while it is busy: the core stalls, the debug port waits. */
  #waitForFlash(master: BusMaster): void {
    const busy = this.#fpec.busyUntilPs;
    const now = this.nowPs();
    if (busy <= now) return;
    if (this.#runningCore) this.#stallCycles += Math.ceil((busy - now) / this.#cyclePs);
    else if (master === 'debug') this.advance(busy);
  }

  // -- memory map ----------------------------------------------------------------------------------------

  read(address: number, bytes: AccessBytes, master: BusMaster): number {
    const region = address >>> 24;
    if (region === 0x20) return this.#readRam(address, bytes);
    if (region === 0x08) return this.#readFlash(address & 0x00ffffff, address, bytes, master);
    if (region === 0x00) return this.#readLow(address, bytes, master);
    if (region === 0x40 || region === 0x48) return this.#peripherals.read(address, bytes);
    if (region === 0x1f) return narrow(this.#readSystem(address), address, bytes);
    if (address >= ROM_TABLE_BASE)
      return narrow(readRomTable(this.profile, this.series, address & 0xffc), address, bytes);
    if (address >>> 12 === this.series.debugUnit.base >>> 12)
      return narrow(this.#debugUnit.read(address & 0xffc), address, bytes);
    if (this.#isQuiet(address)) return 0;
    throw new BusFault(address, false);
  }

  write(address: number, bytes: AccessBytes, value: number, master: BusMaster): void {
    const region = address >>> 24;
    if (region === 0x20) this.#writeRam(address, bytes, value);
    else if (region === 0x08) this.#writeFlash(address, bytes, value, master);
    else if (region === 0x40 || region === 0x48) this.#peripherals.write(address, bytes, value);
    else if (address >>> 4 === OPTION_BASE >>> 4) this.#fpec.programOption(address, bytes, value);
    else if (address >>> 12 === this.series.debugUnit.base >>> 12)
      this.#debugUnit.write(address & 0xffc, value);
    else if (region === 0x00 && this.#configuration.lowMemory === 'sram')
      this.#writeRam(address + SRAM_BASE, bytes, value);
    else if (!this.#isQuiet(address)) throw new BusFault(address, true);
  }

  /** A gap on the private bus of a core that answers there with zero. */
  #isQuiet(address: number): boolean {
    return address >= PRIVATE_BUS && !this.core.profile.architecture.privateGapsFault;
  }

  /** Address zero: the memory that the chip boots from, or that SYSCFG shows there. */
  #readLow(address: number, bytes: AccessBytes, master: BusMaster): number {
    const { lowMemory } = this.#configuration;
    if (lowMemory === 'sram') return this.#readRam(address + SRAM_BASE, bytes);
    if (lowMemory === 'flash') return this.#readFlash(address, address, bytes, master);
    const word = this.#system.romWord(address & ~3);
    if (word === null) throw new BusFault(address, false);
    return narrow(word, address, bytes);
  }

  #readRam(address: number, bytes: AccessBytes): number {
    const offset = address - SRAM_BASE;
    const { sram } = this;
    if (offset + bytes > sram.length) throw new BusFault(address, false);
    return valueAt(sram, offset, bytes);
  }

  #writeRam(address: number, bytes: AccessBytes, value: number): void {
    const offset = address - SRAM_BASE;
    if (offset + bytes > this.sram.length) throw new BusFault(address, true);
    for (let i = 0; i < bytes; i += 1) this.sram[offset + i] = value >>> (8 * i);
    const bad = this.ramFault;
    if (bad && bad.address >= address && bad.address < address + bytes) {
      this.sram[bad.address - SRAM_BASE]! &= ~(1 << bad.bit);
    }
    if (this.#configuration.lowMemory === 'sram') {
      this.core.invalidateCode(offset, bytes);
      this.core.invalidateCode(address, bytes);
    }
  }

  #readFlash(offset: number, address: number, bytes: AccessBytes, master: BusMaster): number {
    const { cells } = this.flash;
    if (offset + bytes > cells.length) throw new BusFault(address, false);
    if (this.options.readProtected && this.#closedTo(master)) throw new BusFault(address, false);
    this.#waitForFlash(master);
    if (master === 'data') this.#stallCycles += this.#fpec.latency;
    return valueAt(cells, offset, bytes);
  }

  /** Whether read protection closes main flash to an access. */
  #closedTo(master: BusMaster): boolean {
    if (master === 'debug') return true;
    return this.core.debug.enabled && (master === 'data' || !this.series.flash.protectedFetch);
  }

  #writeFlash(address: number, bytes: AccessBytes, value: number, master: BusMaster): void {
    if (address - FLASH_BASE + bytes > this.flash.sizeBytes) throw new BusFault(address, true);
    if (!this.profile.losesStoreWhileBusy) this.#waitForFlash(master);
    this.#fpec.programMain(address, bytes, value);
  }

  #readSystem(address: number): number {
    const word = this.#system.read(address & ~3);
    if (word === null) throw new BusFault(address, false);
    return word;
  }

  /** Code in RAM is a debugger's loader, not the firmware. */
  get #runsFirmware(): boolean {
    return !this.core.halted && this.core.pc >>> 28 !== SRAM_BASE >>> 28;
  }

  /** The debug port is deaf: no supply, firmware gave the SWD pins away, or protection level 2. */
  get debugPinsOff(): boolean {
    if (!this.powered || this.options.level === 2) return true;
    if (this.#resetLine) return false;
    const { register, mask, value, offWhen } = this.series.debugPins;
    const equal = (this.#peripherals.plain.read(register) & mask) === value;
    return this.#pinsTaken || equal === (offWhen === 'equal');
  }

  #cellsChanged(address: number, lengthBytes: number): void {
    this.core.invalidateCode(address, lengthBytes);
    this.core.invalidateCode(address - FLASH_BASE, lengthBytes);
  }
}
