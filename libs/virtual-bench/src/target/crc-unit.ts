import type { Peripheral } from './peripheral.ts';

/** CRC calculation unit at 0x40023000 (RM0008, 4): polynomial 0x04C11DB7, whole words, MSB first. */
export class CrcUnit implements Peripheral {
  #data = 0xffffffff;
  #independent = 0;

  /** `clocked`: without its clock the unit ignores what is written. */
  constructor(private readonly clocked: () => boolean) {}

  read(offset: number): number {
    if (offset === 0) return this.#data;
    return offset === 4 ? this.#independent : 0;
  }

  write(offset: number, value: number): void {
    if (!this.clocked()) return;
    if (offset === 0) this.#feed(value);
    else if (offset === 4) this.#independent = value & 0xff;
    else if (offset === 8 && value & 1) this.#data = 0xffffffff;
  }

  #feed(word: number): void {
    let crc = this.#data ^ word;
    for (let i = 0; i < 32; i += 1) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
    this.#data = crc >>> 0;
  }
}
