/** Reset values that firmware looks at and that are not zero (RM0008). */
const RESET_VALUES: Readonly<Record<number, number>> = {
  0x40010800: 0x44444444,
  0x40010804: 0x44444444,
  0x40010c00: 0x44444444,
  0x40010c04: 0x44444444,
  0x40011000: 0x44444444,
  0x40011004: 0x44444444,
  0x40013800: 0x000000c0,
  0x40004400: 0x000000c0,
  0x40004800: 0x000000c0,
  0x40005c40: 0x00000003,
};
const GPIO_FIRST = 0x40010800;
const GPIO_LAST = 0x40011c00;

/**
 * Peripherals that only keep what is written to them. GPIO's set and reset registers act on the output register,
 * and inputs read what is driven, or high where nothing drives them.
 */
export class PlainRegisters {
  readonly #values = new Map<number, number>();

  reset(): void {
    this.#values.clear();
  }

  read(word: number): number {
    if (word >= GPIO_FIRST && word < GPIO_LAST && (word & 0x3ff) === 0x08) return this.#inputs(word & ~0x3ff);
    return this.#values.get(word) ?? RESET_VALUES[word] ?? 0;
  }

  write(word: number, value: number): void {
    if (word >= GPIO_FIRST && word < GPIO_LAST) {
      const output = (word & ~0x3ff) | 0x0c;
      const old = this.#values.get(output) ?? 0;
      if ((word & 0x3ff) === 0x10) return this.#set(output, (old & ~(value >>> 16)) | (value & 0xffff));
      if ((word & 0x3ff) === 0x14) return this.#set(output, old & ~value & 0xffff);
    }
    this.#set(word, value);
  }

  #set(word: number, value: number): void {
    this.#values.set(word, value >>> 0);
  }

  /** A pin in output mode reads its output; others are pulled up as on the usual board. */
  #inputs(port: number): number {
    const output = this.#values.get(port + 0x0c) ?? 0;
    let value = 0;
    for (let pin = 0; pin < 16; pin += 1) {
      const control = this.read(port + (pin < 8 ? 0 : 4)) >>> (4 * (pin & 7));
      const driven = (control & 3) !== 0;
      value |= (driven ? (output >>> pin) & 1 : 1) << pin;
    }
    return value;
  }
}
