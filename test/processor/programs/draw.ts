import type { Assembly } from './assembly.ts';
import type { Random } from './random.ts';

/** Where programs load from and store to. Small, so that loads meet what was stored. */
export const DATA_BASE = 0x20008000;
export const DATA_BYTES = 512;
const LR = 14;
const LOW = [0, 1, 2, 3, 4, 5, 6, 7];
const ANY = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, LR];

export interface PointerWish {
  /** What the instruction adds to the register, bytes. */
  readonly offset?: number;
  /** Of the address reached; 1 leaves it to chance. */
  readonly alignment?: number;
  readonly low?: boolean;
  readonly not?: readonly number[];
}

/**
 * Chooses registers for random instructions. It remembers which registers hold a value that it has put there,
 * so that addresses lie where they should; what an instruction needs is put into registers before it.
 */
export class Draw {
  #known = new Map<number, number>();
  readonly #locked = new Set<number>();
  /** Within {@link collect}: registers that its instructions write. */
  #written: Set<number> | null = null;

  constructor(
    readonly random: Random,
    readonly code: Assembly,
    /** Where the data window begins. */
    readonly base = DATA_BASE,
  ) {}

  /** A register to read: any but SP and PC. */
  any(): number {
    return this.random.pick(ANY);
  }

  low(): number {
    return this.random.pick(LOW);
  }

  /** A register to write; what it held is forgotten. */
  target(not: readonly number[] = []): number {
    return this.#take(ANY, not);
  }

  lowTarget(not: readonly number[] = []): number {
    return this.#take(LOW, not);
  }

  /** Some registers to write, in ascending order, as a list of bits. */
  targets(among: readonly number[], count: number, not: readonly number[] = []): number {
    let list = 0;
    for (const register of among) {
      if (
        this.random.chance(count / among.length) &&
        !this.#locked.has(register) &&
        !not.includes(register)
      ) {
        list |= 1 << register;
        this.forget(register);
      }
    }
    return list;
  }

  #take(among: readonly number[], not: readonly number[]): number {
    const free = among.filter((register) => !this.#locked.has(register) && !not.includes(register));
    const register = this.random.pick(free);
    this.forget(register);
    return register;
  }

  /** A register from which an access reaches the data window. */
  pointer({ offset = 0, alignment = 1, low = false, not = [] }: PointerWish = {}): number {
    for (const [register, value] of this.#known) {
      const address = value + offset;
      const fits = address >= this.base && address < this.base + DATA_BYTES && address % alignment === 0;
      if (fits && (!low || register < 8) && !not.includes(register) && this.random.chance(0.5))
        return register;
    }
    const wanted = this.base + this.random.below(DATA_BYTES / alignment) * alignment;
    return this.holding((wanted - offset) >>> 0, low, not);
  }

  /** A register that holds a value. */
  holding(value: number, low = false, not: readonly number[] = []): number {
    const register = this.#take(low ? LOW : ANY, [...not, ...(this.#written ?? [])]);
    this.code.moveWord(register, value);
    this.#known.set(register, value);
    if (this.#written) this.#locked.add(register);
    return register;
  }

  /** A random address in the data window. */
  place(alignment: number): number {
    return this.base + this.random.below(DATA_BYTES / alignment) * alignment;
  }

  /** The register has been written, or will be. */
  forget(register: number): void {
    this.#known.delete(register);
    this.#written?.add(register);
  }

  forgetAll(): void {
    this.#known.clear();
  }

  lock(register: number): void {
    this.#locked.add(register);
  }

  unlock(register: number): void {
    this.#locked.delete(register);
  }

  /**
   * Instructions that will stand in an IT block: what they need is prepared before the block, so a register
   * prepared for one of them is not written by the others.
   */
  collect<T>(build: () => T): T {
    const locked = [...this.#locked];
    this.#known.clear();
    this.#written = new Set();
    try {
      return build();
    } finally {
      this.#written = null;
      this.#known.clear();
      this.#locked.clear();
      for (const register of locked) this.#locked.add(register);
    }
  }

  /** Instructions that may be jumped over: afterwards only what they left alone is known. */
  maybeSkipped(build: () => void): void {
    const before = new Map(this.#known);
    build();
    for (const [register, value] of before) {
      if (this.#known.get(register) !== value) before.delete(register);
    }
    this.#known = before;
  }
}
