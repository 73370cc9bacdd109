import type { BoardProfile } from '../profiles/profile.ts';
import type { FlashFacts, Series } from '../profiles/series.ts';
import { REFUSED_OPERATION_PS } from '../time/constants.ts';
import type { LedgerParts } from '../time/ledger.ts';
import { FLASH_BASE, type FlashArray } from './flash-array.ts';
import { InterruptedCells, Noise } from './interrupted-cells.ts';
import { OPTION_BASE, OPTION_BYTES, type OptionBytes } from './option-bytes.ts';
import type { Peripheral } from './peripheral.ts';
import { BusFault, type AccessBytes } from '../core/system-bus.ts';

const KEY1 = 0x45670123;
const KEY2 = 0xcdef89ab;
const SR = { BSY: 1, PGERR: 4, WRPRTERR: 16, EOP: 32 } as const;
const CR = { PG: 1, PER: 2, MER: 4, OPTPG: 16, OPTER: 32, STRT: 64, LOCK: 128, OPTWRE: 512 } as const;
const CR_WRITABLE = CR.PG | CR.PER | CR.MER | CR.OPTPG | CR.OPTER | 0x400 | 0x1000;
/** Reloads the option bytes and resets the system; the one bit that is taken while the controller is locked (RM0091 3.5.5). */
const OBL_LAUNCH = 0x2000;
const SECTOR_BYTES = 4096;

/** What the controller asks of the chip around it. */
export interface FlashSurroundings {
  nowPs(): number;
  debuggerAttached(): boolean;
  /** HSI must run: programming and erasing take their clock from it (PM0075, 2.3). */
  hsiRunning(): boolean;
  cellsChanged(address: number, lengthBytes: number): void;
  /** ACR sets another number of wait states. */
  latencyChanged(waitStates: number): void;
  launchOptions(): void;
}

/** One bank's registers: KEYR, SR, CR, AR and its own lock and busy time. */
class Bank {
  locked = true;
  dead = false;
  expectsSecondKey = false;
  sr = 0;
  cr = 0;
  ar = 0;
  busyUntilPs = 0;
  /** EOP comes when the operation ends. */
  endsWith = 0;
  /** The cells that the operation under way changes. */
  inFlight: InterruptedCells | null = null;

  reset(): void {
    this.locked = true;
    this.dead = this.expectsSecondKey = false;
    this.sr = this.cr = this.ar = 0;
    this.busyUntilPs = 0;
    this.endsWith = 0;
    this.inFlight = null;
  }
}

/** The flash program and erase controller, FPEC (PM0075): registers at 0x40022000, second bank at +0x40. */
export class FlashInterface implements Peripheral {
  acr: number;
  readonly #banks = [new Bank(), new Bank()];
  #optionsUnlocked = false;
  #optionsExpectSecondKey = false;
  #optionsDead = false;
  readonly #bankBytes: number;
  readonly #noise: Noise;
  readonly #facts: FlashFacts;
  readonly #unprotected: number;
  readonly #launches: boolean;

  constructor(
    private readonly profile: BoardProfile,
    series: Series,
    private readonly array: FlashArray,
    private readonly options: OptionBytes,
    private readonly around: FlashSurroundings,
    private readonly ledger: LedgerParts,
  ) {
    this.#bankBytes = array.sizeBytes > 512 * 1024 ? 512 * 1024 : array.sizeBytes;
    this.#noise = new Noise(profile.idcode);
    this.#facts = series.flash;
    this.#unprotected = series.options.level0;
    this.#launches = series.options.launches;
    this.acr = series.flash.acrReset;
  }

  /** Any system reset: an operation under way leaves undefined cells, locks close. */
  reset(): void {
    for (const bank of this.#banks) {
      if (this.#busy(bank) && bank.inFlight) this.#interrupt(bank.inFlight);
      bank.reset();
    }
    this.acr = this.#facts.acrReset;
    this.around.latencyChanged(0);
    this.#optionsUnlocked = this.#optionsExpectSecondKey = this.#optionsDead = false;
  }

  #interrupt(inFlight: InterruptedCells): void {
    inFlight.scramble(this.#noise);
    this.array.changes += 1;
    this.around.cellsChanged(FLASH_BASE, this.array.sizeBytes);
  }

  /** Wait states that ACR sets for code and data in flash. */
  get latency(): number {
    return this.acr & 7;
  }

  /** When the array can be read again; in the past when idle. */
  get busyUntilPs(): number {
    const [first, second] = this.#banks as [Bank, Bank];
    return first.busyUntilPs > second.busyUntilPs ? first.busyUntilPs : second.busyUntilPs;
  }

  read(offset: number): number {
    const bank = this.#bankOf(offset);
    switch (bank === this.#banks[1] ? offset - 0x40 : offset) {
      case 0x00:
        return (this.acr & ~0x20) | ((this.acr & 0x10) << 1);
      case 0x0c:
        return this.#status(bank);
      case 0x10:
        this.#status(bank);
        return this.#control(bank);
      case 0x14:
        return bank.ar;
      case 0x1c:
        return this.options.obr;
      case 0x20:
        return this.options.wrpr;
      default:
        return offset === 0x100 ? this.profile.fmcPid : 0;
    }
  }

  /** @throws BusFault for a wrong key */
  write(offset: number, value: number): void {
    const bank = this.#bankOf(offset);
    switch (bank === this.#banks[1] ? offset - 0x40 : offset) {
      case 0x00:
        this.acr = value & this.#facts.acrWritable;
        this.around.latencyChanged(this.latency);
        break;
      case 0x04:
        this.#unlock(bank, value, offset);
        break;
      case 0x08:
        this.#unlockOptions(value, offset);
        break;
      case 0x0c:
        this.#status(bank);
        bank.sr &= ~(value & (SR.PGERR | SR.WRPRTERR | SR.EOP));
        break;
      case 0x10:
        this.#writeControl(bank, value);
        break;
      case 0x14:
        bank.ar = value;
        break;
    }
  }

  #bankOf(offset: number): Bank {
    const second = offset >= 0x44 && offset <= 0x54 && this.array.sizeBytes > this.#bankBytes;
    return this.#banks[second ? 1 : 0]!;
  }

  #control(bank: Bank): number {
    const vendorBits = this.profile.flashCrReset & ~CR.LOCK;
    const lock = bank.locked && this.profile.flashCrReset & CR.LOCK ? CR.LOCK : 0;
    return bank.cr | lock | vendorBits | (this.#optionsUnlocked ? CR.OPTWRE : 0);
  }

  #busy(bank: Bank): boolean {
    return this.around.nowPs() < bank.busyUntilPs;
  }

  #status(bank: Bank): number {
    if (this.#busy(bank)) return bank.sr | SR.BSY;
    bank.sr |= bank.endsWith;
    bank.endsWith = 0;
    bank.inFlight = null;
    bank.cr &= ~CR.STRT;
    return bank.sr;
  }

  #unlock(bank: Bank, value: number, offset: number): void {
    if (bank.dead) return;
    if (!bank.expectsSecondKey && value === KEY1) bank.expectsSecondKey = true;
    else if (bank.expectsSecondKey && value === KEY2) {
      bank.expectsSecondKey = false;
      bank.locked = false;
    } else {
      bank.dead = bank.locked = true;
      throw new BusFault(0x40022000 + offset, true);
    }
  }

  #unlockOptions(value: number, offset: number): void {
    if (this.#optionsDead || this.#banks[0]!.locked) return;
    if (!this.#optionsExpectSecondKey && value === KEY1) this.#optionsExpectSecondKey = true;
    else if (this.#optionsExpectSecondKey && value === KEY2) {
      this.#optionsExpectSecondKey = false;
      this.#optionsUnlocked = true;
    } else {
      this.#optionsDead = true;
      this.#optionsUnlocked = false;
      throw new BusFault(0x40022000 + offset, true);
    }
  }

  #writeControl(bank: Bank, value: number): void {
    if (this.#launches && value & OBL_LAUNCH && !this.#busy(bank)) return this.around.launchOptions();
    if (bank.locked || this.#busy(bank)) return;
    this.#status(bank);
    bank.cr = value & CR_WRITABLE;
    if (!(value & CR.OPTWRE)) this.#optionsUnlocked = false;
    if (value & CR.LOCK) {
      bank.locked = true;
      this.#optionsUnlocked = false;
    }
    if (value & CR.STRT) {
      bank.cr |= CR.STRT;
      this.#start(bank);
    }
  }

  /** Whether main flash is closed to a debugger. */
  get #closed(): boolean {
    return this.options.readProtected && this.around.debuggerAttached();
  }

  /** Whether write protection, or what read protection adds to it, leaves a place in flash alone. */
  #writable(offset: number): boolean {
    if (this.#facts.protectionKeepsFirstSector && this.options.readProtected && offset < SECTOR_BYTES)
      return false;
    return this.options.writable(offset);
  }

  #refuse(bank: Bank, flag: number): void {
    this.#end(bank, REFUSED_OPERATION_PS, flag);
  }

  #start(bank: Bank): void {
    const protectedErase = SR[this.#facts.protectedErase];
    if (bank.cr & CR.OPTER) {
      if (!this.#optionsUnlocked || this.options.level === 2) return this.#refuse(bank, SR.WRPRTERR);
      bank.inFlight = new InterruptedCells(this.options.cells, 0, OPTION_BYTES);
      this.options.cells.fill(0xff);
      this.array.changes += 1;
      this.#end(bank, this.#facts.pageErasePs, SR.EOP);
    } else if (bank.cr & CR.MER) {
      if (this.#closed) return this.#refuse(bank, protectedErase);
      if (this.options.anyWriteProtection) return this.#refuse(bank, SR.WRPRTERR);
      this.ledger.massErases += 1;
      this.#eraseAll(bank);
      this.#end(bank, this.#facts.massErasePs, SR.EOP);
    } else if (bank.cr & CR.PER) {
      const offset = bank.ar - FLASH_BASE;
      if (offset < 0 || offset >= this.array.sizeBytes) return this.#refuse(bank, SR.EOP);
      if (this.#closed) return this.#refuse(bank, protectedErase);
      if (!this.#writable(offset)) return this.#refuse(bank, SR.WRPRTERR);
      this.ledger.pagesErased += 1;
      const page = offset - (offset % this.array.pageBytes);
      bank.inFlight = new InterruptedCells(this.array.cells, page, this.array.pageBytes);
      if (this.around.hsiRunning()) this.array.erasePage(page);
      this.around.cellsChanged(FLASH_BASE + page, this.array.pageBytes);
      this.#end(bank, this.#facts.pageErasePs, SR.EOP);
    }
  }

  #eraseAll(bank: Bank): void {
    const from = bank === this.#banks[1] ? this.#bankBytes : 0;
    const to = bank === this.#banks[1] ? this.array.sizeBytes : this.#bankBytes;
    bank.inFlight = new InterruptedCells(this.array.cells, from, to - from);
    if (this.around.hsiRunning()) this.array.eraseBank(from, to);
    this.around.cellsChanged(FLASH_BASE + from, to - from);
  }

  #end(bank: Bank, durationPs: number, flags: number): void {
    const scale =
      durationPs === REFUSED_OPERATION_PS ? 1 : this.profile.flashTimeFactor * this.array.faults.slowFactor;
    const duration = Math.round(durationPs * scale);
    bank.busyUntilPs = this.around.nowPs() + duration;
    bank.endsWith = flags;
    this.ledger.flashBusyPs += duration;
  }

  /**
   * A store into main flash. Silicon takes half-words only, while PG is set.
   * @throws BusFault on any other width, and while locked
   */
  programMain(address: number, bytes: AccessBytes, value: number): void {
    const offset = address - FLASH_BASE;
    const bank = this.#banks[offset >= this.#bankBytes ? 1 : 0]!;
    if (this.profile.acceptsWordProgramming && bytes === 4) {
      this.programMain(address, 2, value & 0xffff);
      bank.busyUntilPs = 0;
      this.programMain(address + 2, 2, value >>> 16);
      return;
    }
    if (bytes !== 2 || bank.locked) throw new BusFault(address, true);
    if (this.#busy(bank) && this.profile.losesStoreWhileBusy) return;
    this.#status(bank);
    const refusal = this.#refusal(bank, offset, value);
    if (refusal !== null) return this.#refuse(bank, refusal);
    bank.inFlight = new InterruptedCells(this.array.cells, offset, 2);
    if (this.around.hsiRunning()) this.array.program(offset, value);
    this.around.cellsChanged(address, 2);
    this.ledger.halfWordsProgrammed += 1;
    this.#end(bank, this.#facts.halfWordPs, SR.EOP);
  }

  /** The flag for a half-word that main flash does not take; null when it does. */
  #refusal(bank: Bank, offset: number, value: number): number | null {
    const { protectedProgram } = this.#facts;
    if (!(bank.cr & CR.PG)) return SR.PGERR;
    if (protectedProgram !== null && this.#closed) return SR[protectedProgram];
    if (!this.#writable(offset)) return SR.WRPRTERR;
    return this.array.accepts(offset, value) ? null : SR.PGERR;
  }

  /** @throws BusFault on any width but 16 bits, or without OPTPG and OPTWRE */
  programOption(address: number, bytes: AccessBytes, value: number): void {
    const bank = this.#banks[0]!;
    const offset = address - OPTION_BASE;
    if (bytes !== 2 || bank.locked || offset >= OPTION_BYTES) throw new BusFault(address, true);
    this.#status(bank);
    const { cells } = this.options;
    if (!(bank.cr & CR.OPTPG) || !this.#optionsUnlocked) return this.#refuse(bank, SR.PGERR);
    if (this.options.level === 2) return this.#refuse(bank, SR.WRPRTERR);
    if (cells[offset] !== 0xff || cells[offset + 1] !== 0xff)
      return this.#refuse(bank, SR[this.#facts.optionNotErased]);
    const option = value & 0xff;
    let duration = this.#facts.halfWordPs;
    if (offset === 0 && option === this.#unprotected && this.options.readProtected) {
      // Removing read protection erases the main flash first (PM0075, 2.4.2).
      bank.inFlight = new InterruptedCells(this.array.cells, 0, this.array.sizeBytes);
      this.array.eraseBank(0, this.array.sizeBytes);
      this.around.cellsChanged(FLASH_BASE, this.array.sizeBytes);
      this.ledger.massErases += 1;
      duration += this.#facts.massErasePs;
    }
    bank.inFlight ??= new InterruptedCells(cells, offset, 2);
    cells[offset] = option;
    cells[offset + 1] = ~option & 0xff;
    this.array.changes += 1;
    this.#end(bank, duration, SR.EOP);
  }
}
