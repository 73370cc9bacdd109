import type { AccessBytes } from '../core/system-bus.ts';
import type { Peripheral } from './peripheral.ts';

const POLYNOMIAL = 0x04c11db7;
const ONES = 0xffffffff;
const REV_OUT = 1 << 7;
/** Bits that are reversed together, by REV_IN. */
const REVERSED_BITS = [1, 8, 16, 32] as const;

/**
 * CRC calculation unit at 0x40023000: polynomial 0x04C11DB7, MSB first (RM0008, 4). The `reversing` one also takes bytes and
 * half-words, an initial value, and turns bits around on their way in and out (RM0091, 12); its polynomial is fixed here.
 */
export class CrcUnit implements Peripheral {
  #data = ONES;
  #independent = 0;
  #control = 0;
  #initial = ONES;

  /** `clocked`: without its clock the unit ignores what is written. */
  constructor(
    private readonly kind: 'plain' | 'reversing',
    private readonly clocked: () => boolean,
  ) {}

  read(offset: number): number {
    if (offset === 0) return this.#control & REV_OUT ? reversed(this.#data, 32) : this.#data;
    if (offset === 4) return this.#independent;
    if (this.kind === 'plain') return 0;
    return offset === 8 ? this.#control : offset === 0x10 ? this.#initial : 0;
  }

  write(offset: number, value: number, bytes: AccessBytes): void {
    if (!this.clocked()) return;
    if (offset === 0) this.#take(value, bytes);
    else if (offset === 4) this.#independent = value & 0xff;
    else if (offset === 8) this.#command(value);
    else if (offset === 0x10 && this.kind === 'reversing') this.#initial = value >>> 0;
  }

  #command(value: number): void {
    if (this.kind === 'reversing') this.#control = value & 0xe0;
    if (value & 1) this.#data = this.#initial;
  }

  #take(value: number, bytes: AccessBytes): void {
    if (this.kind === 'plain') return this.#feed(value, 32);
    const bits = 8 * bytes;
    const group = Math.min(REVERSED_BITS[(this.#control >>> 5) & 3]!, bits);
    let turned = 0;
    for (let at = 0; at < bits; at += group) {
      const mask = group === 32 ? -1 : (1 << group) - 1;
      turned |= reversed((value >>> at) & mask, group) << at;
    }
    this.#feed(turned, bits);
  }

  #feed(value: number, bits: number): void {
    let crc = this.#data ^ (value << (32 - bits));
    for (let i = 0; i < bits; i += 1) crc = crc & 0x80000000 ? (crc << 1) ^ POLYNOMIAL : crc << 1;
    this.#data = crc >>> 0;
  }
}

/** The lowest `bits` bits in the other order. */
function reversed(value: number, bits: number): number {
  let result = 0;
  for (let i = 0; i < bits; i += 1) result = (result << 1) | ((value >>> i) & 1);
  return result >>> 0;
}
