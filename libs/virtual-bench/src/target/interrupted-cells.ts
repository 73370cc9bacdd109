/** A seeded sequence of bytes: what nobody can foresee, and every run sees alike. */
export class Noise {
  constructor(private state: number) {}

  byte(): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) | 0;
    return this.state >>> 24;
  }
}

/**
 * Cells in the middle of an operation. Ended by a reset or by the supply, they hold undefined content: each bit
 * that was to change did or did not (PM0075, 2.3: the operation is not protected against reset).
 */
export class InterruptedCells {
  readonly #before: Uint8Array;

  /** Taken before the operation begins. */
  constructor(
    private readonly cells: Uint8Array,
    private readonly offset: number,
    lengthBytes: number,
  ) {
    this.#before = cells.slice(offset, offset + lengthBytes);
  }

  scramble(noise: Noise): void {
    this.#before.forEach((before, i) => {
      const after = this.cells[this.offset + i]!;
      this.cells[this.offset + i] = after ^ ((before ^ after) & noise.byte());
    });
  }
}
