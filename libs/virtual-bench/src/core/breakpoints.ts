const CODE_COMPARATORS = 6;
const LITERAL_COMPARATORS = 2;

/** Flash Patch and Breakpoint unit, version 1 (ARM DDI0403 C1.11): six code and two literal comparators. */
export class Breakpoints {
  #control = 0;
  #remap = 0;
  readonly #comparators = new Uint32Array(CODE_COMPARATORS + LITERAL_COMPARATORS);
  /** Half-word addresses that halt; empty when the unit is off. */
  readonly addresses = new Set<number>();

  powerOnReset(): void {
    this.#control = 0;
    this.#remap = 0;
    this.#comparators.fill(0);
    this.addresses.clear();
  }

  read(offset: number): number {
    if (offset === 0) return (CODE_COMPARATORS << 4) | (LITERAL_COMPARATORS << 8) | this.#control;
    if (offset === 4) return (this.#remap | 0x20000000) >>> 0;
    return this.#comparators[(offset - 8) >>> 2] ?? 0;
  }

  write(offset: number, value: number): void {
    if (offset === 0) {
      if (value & 2) this.#control = value & 1;
    } else if (offset === 4) this.#remap = value & 0x1fffffe0;
    else {
      const index = (offset - 8) >>> 2;
      if (index < this.#comparators.length) this.#comparators[index] = value & 0xdffffffd;
    }
    this.#update();
  }

  #update(): void {
    this.addresses.clear();
    if (!this.#control) return;
    for (const value of this.#comparators.subarray(0, CODE_COMPARATORS)) {
      if (!(value & 1)) continue;
      const address = value & 0x1ffffffc;
      const halves = value >>> 30;
      if (halves & 1) this.addresses.add(address);
      if (halves & 2) this.addresses.add(address + 2);
    }
  }
}
