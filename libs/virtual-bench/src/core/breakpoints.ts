import type { DebugFacts } from './profiles.ts';

/** Flash Patch and Breakpoint unit, version 1 (ARM DDI0403 C1.11), or the BPU of ARMv6-M, which cannot patch. */
export class Breakpoints {
  #control = 0;
  #remap = 0;
  readonly #comparators: Uint32Array;
  /** Half-word addresses that halt; empty when the unit is off. */
  readonly addresses = new Set<number>();

  constructor(private readonly facts: DebugFacts) {
    this.#comparators = new Uint32Array(facts.codeBreakpoints + facts.literalBreakpoints);
  }

  powerOnReset(): void {
    this.#control = 0;
    this.#remap = 0;
    this.#comparators.fill(0);
    this.addresses.clear();
  }

  read(offset: number): number {
    const { codeBreakpoints, literalBreakpoints, remap } = this.facts;
    if (offset === 0) return (codeBreakpoints << 4) | (literalBreakpoints << 8) | this.#control;
    if (offset === 4) return remap ? (this.#remap | 0x20000000) >>> 0 : 0;
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
    for (const value of this.#comparators.subarray(0, this.facts.codeBreakpoints)) {
      if (!(value & 1)) continue;
      const address = value & 0x1ffffffc;
      const halves = value >>> 30;
      if (halves & 1) this.addresses.add(address);
      if (halves & 2) this.addresses.add(address + 2);
    }
  }
}
