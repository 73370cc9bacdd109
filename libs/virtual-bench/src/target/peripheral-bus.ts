import type { PeripheralName, Series } from '../profiles/series.ts';
import { merge, narrow } from './byte-lanes.ts';
import type { Peripheral } from './peripheral.ts';
import { PlainRegisters } from './plain-registers.ts';
import { BusFault, type AccessBytes } from '../core/system-bus.ts';

const BLOCK_SHIFT = 10;
const OFFSET_MASK = 0x3fc;
/** Windows begin in one of two regions of 16 MiB, told apart by this bit: 0x40000000 and 0x48000000. */
const SECOND_REGION = 0x08000000;

/** null: storage only; undefined: nothing answers. */
type Blocks = (Peripheral | null | undefined)[];

/** The peripheral memory of a chip: which block answers at which address. */
export class PeripheralBus {
  readonly plain: PlainRegisters;
  readonly #first: Blocks = [];
  readonly #second: Blocks = [];

  /** Blocks that the series does not place are left out. */
  constructor(series: Series, peripherals: Readonly<Record<PeripheralName, Peripheral>>) {
    this.plain = new PlainRegisters(series);
    for (const [from, to] of series.windows) {
      for (let at = from; at < to; at += 1 << BLOCK_SHIFT) this.#place(at, null);
    }
    for (const [name, base] of Object.entries(series.peripherals)) {
      this.#place(base, peripherals[name as PeripheralName]);
    }
  }

  #place(address: number, block: Peripheral | null): void {
    const blocks = address & SECOND_REGION ? this.#second : this.#first;
    const index = (address & 0xffffff) >>> BLOCK_SHIFT;
    while (blocks.length < index) blocks.push(undefined);
    blocks[index] = block;
  }

  /** @throws BusFault */
  read(address: number, bytes: AccessBytes): number {
    return narrow(this.#word(this.#blockAt(address, false), address), address, bytes);
  }

  /** @throws BusFault */
  write(address: number, bytes: AccessBytes, value: number): void {
    const block = this.#blockAt(address, true);
    const word = bytes === 4 ? value : merge(this.#word(block, address), address, bytes, value);
    if (block === null) this.plain.write(address & ~3, word);
    else block.write(address & OFFSET_MASK, word, bytes);
  }

  #word(block: Peripheral | null, address: number): number {
    return block === null ? this.plain.read(address & ~3) : block.read(address & OFFSET_MASK) >>> 0;
  }

  #blockAt(address: number, write: boolean): Peripheral | null {
    const blocks = address & SECOND_REGION ? this.#second : this.#first;
    const block = blocks[(address & 0xffffff) >>> BLOCK_SHIFT];
    if (block === undefined) throw new BusFault(address, write);
    return block;
  }
}
