import { CortexM3, type CoreOptions } from '../core/cortex-m3.ts';
import { CORE_PROFILES } from '../core/profiles.ts';
import type { BoardProfile } from '../profiles/profile.ts';
import type { LedgerParts } from '../time/ledger.ts';
import { merge, narrow, wordAt } from './byte-lanes.ts';
import { bootRomOf } from './boot-rom.ts';
import { Clocks, RESET_FLAG } from './clocks.ts';
import { CrcUnit } from './crc-unit.ts';
import { FLASH_BASE, FlashArray } from './flash-array.ts';
import { FlashInterface } from './flash-interface.ts';
import { IndependentWatchdog } from './independent-watchdog.ts';
import { Noise } from './interrupted-cells.ts';
import { OPTION_BASE, OPTION_BYTES, OptionBytes } from './option-bytes.ts';
import { PlainRegisters } from './plain-registers.ts';
import { readRomTable, ROM_TABLE_BASE } from './rom-table.ts';
import { BusFault, type AccessBytes, type BusMaster, type SystemBus } from './system-bus.ts';

const PS_PER_S = 1e12;
/** Globals that the hot path uses, looked up once. */
const { ceil, round } = Math;
const NEVER = Infinity;
const SRAM_BASE = 0x20000000;
const SIGNATURE_BASE = 0x1ffff7e0;
/** Behind the AHB peripherals (RM0008 3.3, Ethernet of the connectivity line included) nothing answers. */
const PERIPHERAL_END = 0x40030000;
const DBGMCU_BASE = 0xe0042000;
const DBG_IWDG_STOP = 1 << 8;
/** The core runs in slices, so that a change of clock is seen soon. */
const SLICE_CYCLES = 32_768;
const AFIO_MAPR = 0x40010004;
const SWJ_OFF = 4;
/** Above this clock flash needs more wait states than 0, and above twice it more than 1 (RM0008 3.3.3). */
const WAIT_STATE_STEP_HZ = 24_000_000;

/** A RAM word that does not keep one bit. */
export interface RamFault {
  address: number;
  bit: number;
}

/**
 * An STM32F103-class microcontroller: core, memories, flash controller, clocks, watchdog and debug registers
 * on one timeline. `advance` lets time pass; everything else happens at `nowPs`.
 */
export class Chip implements SystemBus {
  readonly core: CortexM3;
  readonly flash: FlashArray;
  readonly options = new OptionBytes();
  readonly sram: Uint8Array;
  readonly #fpec: FlashInterface;
  readonly #clocks: Clocks;
  readonly #watchdog = new IndependentWatchdog(() => this.nowPs());
  readonly #crc = new CrcUnit();
  readonly #plain = new PlainRegisters();
  readonly #bootRom: Uint8Array;
  readonly #ledger: LedgerParts;
  #dbgmcuCr = 0;
  #timePs = 0;
  /** Time at core cycle `#anchorCycle`, and picoseconds a cycle from there. */
  #anchorPs = 0;
  #anchorCycle = 0;
  #cyclePs: number;
  #runningCore = false;
  #stallCycles = 0;
  #signatureBlank = false;
  #resetLine = false;
  #wantsReset = false;
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
    this.flash = new FlashArray(profile.flashBytes, profile.pageBytes);
    this.sram = new Uint8Array(profile.sramBytes);
    this.#bootRom = bootRomOf(profile);
    this.#clocks = new Clocks(
      profile.ahbenrMask,
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
    this.core = new CortexM3(this, coreProfile, hooks, coreOptions);
    this.#fpec = new FlashInterface(
      profile,
      this.flash,
      this.options,
      {
        nowPs: () => this.nowPs(),
        debuggerAttached: () => this.core.debug.enabled,
        hsiRunning: () => this.#clocks.hsiRunning,
        cellsChanged: (address, lengthBytes) => this.#cellsChanged(address, lengthBytes),
      },
      ledger,
    );
  }

  // -- power and reset -----------------------------------------------------------------------------------

  /** Power comes on at `timePs` of the slot's time line. */
  powerOn(timePs: number): void {
    this.#timePs = timePs;
    // RAM comes up with anything, and nothing that a program may count on.
    const noise = new Noise(this.uid[2]! ^ timePs);
    for (let i = 0; i < this.sram.length; i += 1) this.sram[i] = noise.byte();
    this.#dbgmcuCr = 0;
    this.#resetPeripherals(RESET_FLAG.power | RESET_FLAG.pin);
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

  #systemReset(flags: number): void {
    this.#anchor();
    this.#resetPeripherals(flags);
    this.core.coreReset();
    this.#anchor();
  }

  #resetPeripherals(flags: number): void {
    this.#fpec.reset();
    this.#clocks.reset(flags);
    this.#plain.reset();
    this.#signatureBlank = false;
    // While nRST is low the watchdog does not count.
    this.#watchdog.reset(this.options.hardwareWatchdog && !this.#resetLine);
    this.#pinsTaken = false;
    this.core.codeWaitStates = 0;
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
      const frozen = this.core.halted && (this.#dbgmcuCr & DBG_IWDG_STOP) !== 0;
      const target = frozen ? untilPs : Math.min(untilPs, Math.max(deadline, this.#timePs));
      const before = this.#timePs;
      if (this.firmwareTakesPins && !this.#resetLine && this.#runsFirmware) this.#pinsTaken = true;
      this.#runCore(target);
      if (frozen) this.#watchdog.postpone(this.#timePs - before);
      else if (this.#timePs >= deadline && !this.#resetLine)
        this.#systemReset(RESET_FLAG.iwdg | RESET_FLAG.pin);
      if (this.#wantsReset) {
        this.#wantsReset = false;
        this.#systemReset(RESET_FLAG.software | RESET_FLAG.pin);
      }
    }
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
    // Trap: at 72 MHz without wait states genuine parts read the signature as ones until the next reset.
    if (this.#clocks.hclkHz > WAIT_STATE_STEP_HZ && this.#fpec.latency === 0) this.#signatureBlank = true;
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
    if (region === 0x08 || region === 0x00)
      return this.#readFlash(address & 0x00ffffff, address, bytes, master);
    if (region === 0x40 && address < PERIPHERAL_END)
      return narrow(this.#readPeripheral(address & ~3), address, bytes);
    if (region === 0x1f) return narrow(this.#readSystem(address & ~3, address), address, bytes);
    if (address >= ROM_TABLE_BASE) return narrow(readRomTable(this.profile, address & 0xffc), address, bytes);
    if (address >>> 12 === DBGMCU_BASE >>> 12)
      return narrow(this.#readDbgmcu(address & 0xffc), address, bytes);
    throw new BusFault(address, false);
  }

  write(address: number, bytes: AccessBytes, value: number, master: BusMaster): void {
    const region = address >>> 24;
    if (region === 0x20) this.#writeRam(address, bytes, value);
    else if (region === 0x08) this.#writeFlash(address, bytes, value, master);
    else if (region === 0x40 && address < PERIPHERAL_END) this.#writePeripheral(address, bytes, value);
    else if (address >>> 4 === OPTION_BASE >>> 4) this.#fpec.programOption(address, bytes, value);
    else if (address >>> 12 === DBGMCU_BASE >>> 12) {
      if ((address & 0xffc) === 4) this.#dbgmcuCr = value;
    } else throw new BusFault(address, true);
  }

  #readRam(address: number, bytes: AccessBytes): number {
    const offset = address - SRAM_BASE;
    const { sram } = this;
    if (offset + bytes > sram.length) throw new BusFault(address, false);
    if (bytes === 4) {
      return (
        (sram[offset]! | (sram[offset + 1]! << 8) | (sram[offset + 2]! << 16) | (sram[offset + 3]! << 24)) >>>
        0
      );
    }
    return bytes === 2 ? sram[offset]! | (sram[offset + 1]! << 8) : sram[offset]!;
  }

  #writeRam(address: number, bytes: AccessBytes, value: number): void {
    const offset = address - SRAM_BASE;
    if (offset + bytes > this.sram.length) throw new BusFault(address, true);
    for (let i = 0; i < bytes; i += 1) this.sram[offset + i] = value >>> (8 * i);
    const bad = this.ramFault;
    if (bad && bad.address >= address && bad.address < address + bytes) {
      this.sram[bad.address - SRAM_BASE]! &= ~(1 << bad.bit);
    }
  }

  #readFlash(offset: number, address: number, bytes: AccessBytes, master: BusMaster): number {
    const { cells } = this.flash;
    if (offset + bytes > cells.length) throw new BusFault(address, false);
    // The core fetches its code through the prefetch buffer even when data reads are refused.
    if (master !== 'fetch' && this.options.readProtected && (master === 'debug' || this.core.debug.enabled)) {
      throw new BusFault(address, false);
    }
    this.#waitForFlash(master);
    if (master === 'data') this.#stallCycles += this.#fpec.latency;
    if (bytes === 4) {
      return (
        (cells[offset]! |
          (cells[offset + 1]! << 8) |
          (cells[offset + 2]! << 16) |
          (cells[offset + 3]! << 24)) >>>
        0
      );
    }
    return bytes === 2 ? cells[offset]! | (cells[offset + 1]! << 8) : cells[offset]!;
  }

  #writeFlash(address: number, bytes: AccessBytes, value: number, master: BusMaster): void {
    if (address - FLASH_BASE + bytes > this.flash.sizeBytes) throw new BusFault(address, true);
    if (!this.profile.losesStoreWhileBusy) this.#waitForFlash(master);
    this.#fpec.programMain(address, bytes, value);
  }

  #readSystem(word: number, address: number): number {
    const { bootRomBase, bootRomBytes } = this.profile;
    if (word >= SIGNATURE_BASE && word < OPTION_BASE) return this.#signature(word - SIGNATURE_BASE);
    if (word >= bootRomBase && word < bootRomBase + bootRomBytes)
      return wordAt(this.#bootRom, word - bootRomBase);
    if (word >= OPTION_BASE && word < OPTION_BASE + OPTION_BYTES)
      return wordAt(this.options.cells, word - OPTION_BASE);
    throw new BusFault(address, false);
  }

  #signature(offset: number): number {
    if (this.#signatureBlank) return 0xffffffff;
    if (offset === 0) {
      const size = this.options.readProtected ? 0 : this.profile.flashSizeKib;
      return ((this.profile.signatureHigh << 16) | size) >>> 0;
    }
    if (offset >= 8 && offset < 20) return this.uid[(offset - 8) >>> 2]! >>> 0;
    return offset === 4 ? 0x051406b5 : 0xffffffff;
  }

  #readDbgmcu(offset: number): number {
    if (offset === 0) return this.profile.idcode;
    return offset === 4 ? this.#dbgmcuCr : 0;
  }

  #readPeripheral(word: number): number {
    const block = word & ~0x3ff;
    const offset = word & 0x3ff;
    switch (block) {
      case 0x40022000:
        return this.#fpec.read(offset) >>> 0;
      case 0x40021000:
        return this.#clocks.read(offset) >>> 0;
      case 0x40003000:
        return this.#watchdog.read(offset);
      case 0x40023000:
        return this.#crc.read(offset);
      default:
        return this.#plain.read(word);
    }
  }

  #writePeripheral(address: number, bytes: AccessBytes, value: number): void {
    const word = address & ~3;
    const full = bytes === 4 ? value : merge(this.#readPeripheral(word), address, bytes, value);
    const offset = word & 0x3ff;
    switch (word & ~0x3ff) {
      case 0x40022000:
        this.#fpec.write(offset, full);
        if (offset === 0) this.core.codeWaitStates = this.#fpec.latency;
        break;
      case 0x40021000:
        this.#clocks.write(offset, full);
        break;
      case 0x40003000:
        this.#watchdog.write(offset, full);
        break;
      case 0x40023000:
        if (this.#clocks.crcEnabled) this.#crc.write(offset, full);
        break;
      default:
        this.#plain.write(word, full);
    }
  }

  /** Code in RAM is a debugger's loader, not the firmware. */
  get #runsFirmware(): boolean {
    return !this.core.halted && this.core.pc >>> 28 !== SRAM_BASE >>> 28;
  }

  /** Firmware gave the SWD pins away (AFIO_MAPR.SWJ_CFG = 100): the debug port is deaf until a reset. */
  get debugPinsOff(): boolean {
    if (!this.powered) return true;
    if (this.#resetLine) return false;
    return this.#pinsTaken || ((this.#plain.read(AFIO_MAPR) >>> 24) & 7) === SWJ_OFF;
  }

  #cellsChanged(address: number, lengthBytes: number): void {
    this.core.invalidateCode(address, lengthBytes);
    this.core.invalidateCode(address - FLASH_BASE, lengthBytes);
  }
}
