import { LSI_HZ } from '../time/constants.ts';
import type { Peripheral } from './peripheral.ts';

const PS_PER_S = 1e12;

/** IWDG at 0x40003000 (RM0008, 19): once started it resets the chip unless it is reloaded in time. */
export class IndependentWatchdog implements Peripheral {
  #prescaler = 0;
  #reload = 0xfff;
  #window = 0xfff;
  #writable = false;
  #deadlinePs = Infinity;

  constructor(
    private readonly nowPs: () => number,
    /** WINR is there: a reload too early resets the chip (RM0091, 23.3.2). */
    private readonly hasWindow: boolean,
  ) {}

  reset(hardware: boolean): void {
    this.#prescaler = 0;
    this.#reload = this.#window = 0xfff;
    this.#writable = false;
    this.#deadlinePs = Infinity;
    if (hardware) this.#restart();
  }

  /** When it will reset the chip; Infinity when not started. */
  get deadlinePs(): number {
    return this.#deadlinePs;
  }

  /** Frozen by DBGMCU_CR while the core is halted: the deadline moves on. */
  postpone(durationPs: number): void {
    if (this.#deadlinePs !== Infinity) this.#deadlinePs += durationPs;
  }

  read(offset: number): number {
    if (offset === 4) return this.#prescaler;
    if (offset === 0x10 && this.hasWindow) return this.#window;
    return offset === 8 ? this.#reload : 0;
  }

  write(offset: number, value: number): void {
    if (offset === 0) this.#key(value & 0xffff);
    else if (this.#writable && offset === 4) this.#prescaler = value & 7;
    else if (this.#writable && offset === 8) this.#reload = value & 0xfff;
    else if (this.#writable && offset === 0x10) this.#writeWindow(value & 0xfff);
  }

  #key(value: number): void {
    this.#writable = value === 0x5555;
    if (value === 0xcccc) this.#restart();
    else if (value === 0xaaaa && this.#deadlinePs !== Infinity) this.#reloaded();
  }

  /** Writing the window reloads the counter. */
  #writeWindow(value: number): void {
    if (!this.hasWindow) return;
    this.#window = value;
    if (this.#deadlinePs !== Infinity) this.#restart();
  }

  #reloaded(): void {
    const counter = Math.ceil((this.#deadlinePs - this.nowPs()) / this.#tickPs()) - 1;
    if (counter > this.#window) this.#deadlinePs = this.nowPs();
    else this.#restart();
  }

  #tickPs(): number {
    return ((4 << Math.min(this.#prescaler, 6)) * PS_PER_S) / LSI_HZ;
  }

  #restart(): void {
    this.#deadlinePs = this.nowPs() + Math.round((this.#reload + 1) * this.#tickPs());
  }
}
