import type { ClockFacts } from '../profiles/series.ts';
import { HSE_HZ, HSE_START_PS, HSI_HZ, PLL_LOCK_PS } from '../time/constants.ts';
import type { Peripheral } from './peripheral.ts';

const NEVER = Infinity;
const RESET_CR = 0x83;
const AHBENR_RESET = 0x14;
const CR_HSION = 1;
const CR_HSEON = 1 << 16;
const CR_PLLON = 1 << 24;
const RMVF = 1 << 24;
/** HSIRDY, HSERDY and PLLRDY of RCC_CR, by the value of SW. */
const READY_FLAG = [1 << 1, 1 << 17, 1 << 25] as const;

/** Which bits of its clock registers a part has. */
export interface ClockMasks {
  readonly ahbenrMask: number;
  readonly cfgrMask: number;
}

/** Reset flags of RCC_CSR (RM0008 7.3.10; RM0091 6.4.10, which adds the one for OBL_LAUNCH). */
export const RESET_FLAG = {
  launch: 1 << 25,
  pin: 1 << 26,
  power: 1 << 27,
  software: 1 << 28,
  iwdg: 1 << 29,
} as const;

/** Reset and clock control at 0x40021000 (RM0008, 7; RM0091, 6): which clock the core runs on. */
export class Clocks implements Peripheral {
  #cr = RESET_CR;
  #cfgr = 0;
  #csr: number = RESET_FLAG.power | RESET_FLAG.pin;
  #ahbenr = AHBENR_RESET;
  readonly #plain = new Map<number, number>();
  #pllReadyPs = 0;
  #hseReadyPs = 0;
  /** The source that drives the system: it follows SW as soon as the source wanted is ready. */
  #source = 0;

  constructor(
    private readonly facts: ClockFacts,
    private readonly masks: ClockMasks,
    private readonly nowPs: () => number,
    private readonly changed: () => void,
  ) {}

  reset(flags: number): void {
    this.#cr = RESET_CR;
    this.#cfgr = 0;
    this.#ahbenr = AHBENR_RESET;
    this.#source = 0;
    this.#plain.clear();
    this.#csr |= flags;
    this.changed();
  }

  get hsiRunning(): boolean {
    return (this.#cr & CR_HSION) !== 0;
  }

  get crcEnabled(): boolean {
    return (this.#ahbenr & 0x40) !== 0;
  }

  /** The core's clock, Hz. */
  get hclkHz(): number {
    const source = this.#source;
    const hz = source === 0 ? HSI_HZ : source === 1 ? HSE_HZ : this.#pllHz();
    const hpre = (this.#cfgr >>> 4) & 15;
    return hpre < 8 ? hz : hz / [2, 4, 8, 16, 64, 128, 256, 512][hpre - 8]!;
  }

  #pllHz(): number {
    const factor = Math.min(((this.#cfgr >>> 18) & 15) + 2, 16);
    const { pllInputs, pllSourceShift, predivOffset } = this.facts;
    const input = pllInputs[(this.#cfgr >>> pllSourceShift) & (pllInputs.length - 1)];
    if (!input) return 0;
    const divider = predivOffset === null ? 0 : (this.#plain.get(predivOffset) ?? 0) & 15;
    // CFGR bit 17 is the lowest bit of the divider, under the name that F1 gave it.
    return (input.divided ? input.hz / ((divider | ((this.#cfgr >>> 17) & 1)) + 1) : input.hz) * factor;
  }

  /** When a ready flag next changes by itself; Infinity if none will. */
  nextChangePs(): number {
    if (!(this.#cr & (CR_PLLON | CR_HSEON))) return NEVER;
    const now = this.nowPs();
    const pll = this.#cr & CR_PLLON && this.#pllReadyPs > now ? this.#pllReadyPs : NEVER;
    const hse = this.#cr & CR_HSEON && this.#hseReadyPs > now ? this.#hseReadyPs : NEVER;
    return pll < hse ? pll : hse;
  }

  read(offset: number): number {
    switch (offset) {
      case 0x00:
        return this.#readCr();
      case 0x04:
        this.#switch();
        return this.#cfgr | (this.#source << 2);
      case 0x14:
        return this.#ahbenr;
      case 0x24:
        return this.#csr | ((this.#csr & 1) << 1);
      default:
        return this.#ready(offset, this.#plain.get(offset) ?? 0);
    }
  }

  /** Oscillators that start at once: each ready bit is next to its switch. */
  #ready(offset: number, value: number): number {
    const switches = this.facts.readyAtOnce[offset];
    return switches === undefined ? value : (value & ~(switches << 1)) | ((value & switches) << 1);
  }

  write(offset: number, value: number): void {
    switch (offset) {
      case 0x00:
        this.#writeCr(value);
        break;
      case 0x04:
        this.#cfgr = value & this.masks.cfgrMask & ~0xc;
        this.#switch();
        break;
      case 0x14:
        this.#ahbenr = value & this.masks.ahbenrMask;
        break;
      case 0x24:
        this.#csr = value & RMVF ? value & 1 : (this.#csr & ~1) | (value & 1);
        break;
      default:
        this.#plain.set(offset, value);
    }
    this.changed();
  }

  /** Moves the system to the source that SW asks for, once that one runs (RM0008 7.3.2). */
  #switch(): void {
    const wanted = this.#cfgr & 3;
    if (wanted === this.#source || wanted === 3) return;
    const ready = this.#readCr() & READY_FLAG[wanted]!;
    if (!ready) return;
    this.#source = wanted;
    this.changed();
  }

  #readCr(): number {
    const now = this.nowPs();
    let value = this.#cr & ~((1 << 25) | (1 << 17) | 2);
    if (value & CR_HSION) value |= 2;
    if (value & CR_HSEON && now >= this.#hseReadyPs) value |= 1 << 17;
    if (value & CR_PLLON && now >= this.#pllReadyPs) value |= 1 << 25;
    return value;
  }

  #writeCr(value: number): void {
    const now = this.nowPs();
    if (value & CR_PLLON && !(this.#cr & CR_PLLON)) this.#pllReadyPs = now + PLL_LOCK_PS;
    if (value & CR_HSEON && !(this.#cr & CR_HSEON)) this.#hseReadyPs = now + HSE_START_PS;
    // A clock that drives the system cannot be switched off.
    const source = this.#source;
    const kept = source === 2 ? CR_PLLON : source === 1 ? CR_HSEON : CR_HSION;
    this.#cr = (value & 0x010d00f9) | kept;
  }
}
