import { LSI_HZ } from '../time/constants.ts';
import type { Peripheral } from './peripheral.ts';

const PS_PER_S = 1e12;

/** IWDG at 0x40003000 (RM0008, 19): once started it resets the chip unless it is reloaded in time. */
export class IndependentWatchdog implements Peripheral {
  #prescaler = 0;
  #reload = 0xfff;
  #writable = false;
  #deadlinePs = Infinity;

  constructor(private readonly nowPs: () => number) {}

  reset(hardware: boolean): void {
    this.#prescaler = 0;
    this.#reload = 0xfff;
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
    return offset === 8 ? this.#reload : 0;
  }

  write(offset: number, value: number): void {
    if (offset === 0) this.#key(value & 0xffff);
    else if (this.#writable && offset === 4) this.#prescaler = value & 7;
    else if (this.#writable && offset === 8) this.#reload = value & 0xfff;
  }

  #key(value: number): void {
    this.#writable = value === 0x5555;
    if (value === 0xcccc) this.#restart();
    else if (value === 0xaaaa && this.#deadlinePs !== Infinity) this.#restart();
  }

  #restart(): void {
    const divider = 4 << Math.min(this.#prescaler, 6);
    this.#deadlinePs = this.nowPs() + Math.round(((this.#reload + 1) * divider * PS_PER_S) / LSI_HZ);
  }
}
