import { noFlashFaults, type FlashFaults } from './flash-faults.ts';

export const FLASH_BASE = 0x08000000;

/** The main flash cells: half-words that only erase can set back to ones. */
export class FlashArray {
  readonly cells: Uint8Array;
  faults: FlashFaults = noFlashFaults();
  /** Counts changes, so that a keeper knows when to save. */
  changes = 0;

  constructor(
    sizeBytes: number,
    readonly pageBytes: number,
  ) {
    this.cells = new Uint8Array(sizeBytes).fill(0xff);
  }

  get sizeBytes(): number {
    return this.cells.length;
  }

  halfWord(offset: number): number {
    return this.cells[offset]! | (this.cells[offset + 1]! << 8);
  }

  /** Whether silicon programs this value here: blank cells take any, others only zero (PM0075, 2.3.3). */
  accepts(offset: number, value: number): boolean {
    return value === 0 || this.halfWord(offset) === 0xffff;
  }

  program(offset: number, value: number): void {
    const { faults } = this;
    const address = FLASH_BASE + offset;
    this.changes += 1;
    if (faults.ignoresWrites || faults.dropsHalfWordAt === address) return;
    let stored = value;
    if (faults.wrongBit && (faults.wrongBit.address & ~1) === address)
      stored ^= 1 << (faults.wrongBit.bit & 15);
    this.cells[offset] = stored & 0xff;
    this.cells[offset + 1] = stored >>> 8;
    this.#stick();
  }

  erasePage(offset: number): void {
    const start = offset - (offset % this.pageBytes);
    this.changes += 1;
    if (this.faults.ignoresWrites) return;
    const kept = this.faults.pageDoesNotEraseAt;
    if (kept !== null && kept - FLASH_BASE >= start && kept - FLASH_BASE < start + this.pageBytes) return;
    this.cells.fill(0xff, start, start + this.pageBytes);
    this.#stick();
  }

  eraseBank(from: number, to: number): void {
    for (let offset = from; offset < to; offset += this.pageBytes) this.erasePage(offset);
  }

  /** Applies a stuck cell to what is stored. */
  #stick(): void {
    const stuck = this.faults.stuckBit;
    if (!stuck) return;
    const offset = stuck.address - FLASH_BASE + (stuck.bit >>> 3);
    const mask = 1 << (stuck.bit & 7);
    if (offset < 0 || offset >= this.cells.length) return;
    this.cells[offset] = stuck.value ? this.cells[offset]! | mask : this.cells[offset]! & ~mask;
  }
}
