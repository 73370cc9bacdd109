import type { Series } from '../profiles/series.ts';
import { PIN_LAYOUTS, type PinLayout } from './pin-layouts.ts';

/**
 * Peripherals that only keep what is written to them. GPIO's set and reset registers act on the output register,
 * and inputs read what the pins' modes make of them.
 */
export class PlainRegisters {
  readonly #values = new Map<number, number>();
  readonly #layout: PinLayout;
  readonly #resetValues: Readonly<Record<number, number>>;
  readonly #firstPort: number;
  readonly #portsEnd: number;

  constructor({ pins, ports, resetValues }: Series) {
    this.#layout = PIN_LAYOUTS[pins];
    this.#resetValues = resetValues;
    [this.#firstPort, this.#portsEnd] = ports;
  }

  reset(): void {
    this.#values.clear();
  }

  read(word: number): number {
    const value = this.#values.get(word);
    if (!this.#isPort(word)) return value ?? this.#resetValues[word] ?? 0;
    const offset = word & 0x3ff;
    if (offset === this.#layout.input) return this.#inputs(word & ~0x3ff);
    return value ?? this.#resetValues[word] ?? this.#layout.modesAtReset(offset);
  }

  write(word: number, value: number): void {
    if (this.#isPort(word)) {
      const output = (word & ~0x3ff) | this.#layout.output;
      const offset = word & 0x3ff;
      const old = this.#values.get(output) ?? 0;
      if (offset === this.#layout.setReset)
        return this.#set(output, (old & ~(value >>> 16)) | (value & 0xffff));
      if (offset === this.#layout.reset) return this.#set(output, old & ~value & 0xffff);
    }
    this.#set(word, value);
  }

  #isPort(word: number): boolean {
    return word >= this.#firstPort && word < this.#portsEnd;
  }

  #set(word: number, value: number): void {
    this.#values.set(word, value >>> 0);
  }

  #inputs(port: number): number {
    let value = 0;
    for (let pin = 0; pin < 16; pin += 1) {
      value |= this.#layout.level(pin, (offset) => this.read(port + offset)) << pin;
    }
    return value;
  }
}
