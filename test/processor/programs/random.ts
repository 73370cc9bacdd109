/** Values at which arithmetic, shifts and saturation change their behaviour. */
const EDGES = [
  0, 1, 2, 3, 7, 8, 15, 16, 31, 32, 33, 63, 64, 127, 128, 255, 256, 0x7fff, 0x8000, 0xffff, 0x10000,
  0x7ffffffe, 0x7fffffff, 0x80000000, 0x80000001, 0xffff8000, 0xffffff80, 0xfffffffe, 0xffffffff, 0x55555555,
  0xaaaaaaaa, 0x00ff00ff, 0x12345678,
] as const;

/** A seeded stream of choices (mulberry32, public domain arithmetic): the same seed, the same program. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0..0xFFFFFFFF */
  word(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let x = this.#state;
    x = Math.imul(x ^ (x >>> 15), x | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return (x ^ (x >>> 14)) >>> 0;
  }

  /** 0 up to, but never, 1 */
  fraction(): number {
    return this.word() / 0x1_0000_0000;
  }

  /** 0..limit-1 */
  below(limit: number): number {
    return Math.floor(this.fraction() * limit);
  }

  /** first..last, both included */
  between(first: number, last: number): number {
    return first + this.below(last - first + 1);
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  /** A register value: an edge, a small number, or anything. */
  value(): number {
    switch (this.below(4)) {
      case 0:
        return this.pick(EDGES);
      case 1:
        return this.below(40);
      default:
        return this.word();
    }
  }
}
