/** Reset values that firmware looks at and that are not zero (RM0008). */
const RESET_VALUES: Readonly<Record<number, number>> = {
  0x40013800: 0x000000c0,
  0x40004400: 0x000000c0,
  0x40004800: 0x000000c0,
  0x40005c40: 0x00000003,
};
const GPIO_FIRST = 0x40010800;
/** Behind port G. */
const GPIO_LAST = 0x40012400;
/** CRL and CRH out of reset: every pin a floating input. */
const ALL_FLOATING = 0x44444444;
/** CNF and MODE of a pin that is an input (RM0008 9.2.1). */
const INPUT_ANALOG = 0;
const INPUT_PULLED = 8;

/**
 * Peripherals that only keep what is written to them. GPIO's set and reset registers act on the output register,
 * and inputs read what the pins' modes make of them.
 */
export class PlainRegisters {
  readonly #values = new Map<number, number>();

  reset(): void {
    this.#values.clear();
  }

  read(word: number): number {
    const value = this.#values.get(word);
    if (word < GPIO_FIRST || word >= GPIO_LAST) return value ?? RESET_VALUES[word] ?? 0;
    if ((word & 0x3ff) === 0x08) return this.#inputs(word & ~0x3ff);
    return value ?? ((word & 0x3f8) === 0 ? ALL_FLOATING : 0);
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

  /**
   * IDR. A pin in output mode reads its output; one that is pulled reads the way ODR pulls it; an analog one reads
   * zero (RM0008 9.1.7, 9.1.10, table 20). A floating one reads high, as on the usual board.
   */
  #inputs(port: number): number {
    const output = this.#values.get(port + 0x0c) ?? 0;
    let value = 0;
    for (let pin = 0; pin < 16; pin += 1) {
      const control = (this.read(port + (pin < 8 ? 0 : 4)) >>> (4 * (pin & 7))) & 15;
      const followsOutput = (control & 3) !== 0 || control === INPUT_PULLED;
      const level = followsOutput ? (output >>> pin) & 1 : control === INPUT_ANALOG ? 0 : 1;
      value |= level << pin;
    }
    return value;
  }
}
