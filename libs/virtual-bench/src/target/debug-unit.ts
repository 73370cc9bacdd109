import type { DebugUnitFacts } from '../profiles/series.ts';
import type { Peripheral } from './peripheral.ts';

const IDCODE = 0;

/** DBGMCU: the chip's identity code, and what stops while the core is halted. Power-on alone resets it. */
export class DebugUnit implements Peripheral {
  readonly #values = new Map<number, number>();

  constructor(
    private readonly facts: DebugUnitFacts,
    private readonly idcode: number,
  ) {}

  powerOnReset(): void {
    this.#values.clear();
  }

  get stopsWatchdog(): boolean {
    const { offset, bit } = this.facts.watchdogStop;
    return (((this.#values.get(offset) ?? 0) >>> bit) & 1) === 1;
  }

  read(offset: number): number {
    return offset === IDCODE ? this.idcode : (this.#values.get(offset) ?? 0);
  }

  write(offset: number, value: number): void {
    const writable = this.facts.writable[offset];
    if (writable !== undefined) this.#values.set(offset, (value & writable) >>> 0);
  }
}
