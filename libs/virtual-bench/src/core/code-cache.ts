import { BusFault, type SystemBus } from './system-bus.ts';
import type { Decoder } from './architectures.ts';
import { CFSR, CoreFault, EXCEPTION } from './faults.ts';
import type { Instruction } from './instruction.ts';

const PAGE_SHIFT = 10;
const SLOTS = 1 << (PAGE_SHIFT - 1);

type Page = (Instruction | undefined)[];

/** Decoded instructions by address. Whoever changes memory invalidates; an instruction may straddle a page. */
export class CodeCache {
  readonly #pages = new Map<number, Page>();
  #lastKey = -1;
  #lastPage: Page = [];

  constructor(
    private readonly bus: SystemBus,
    private readonly decoder: Decoder,
  ) {}

  clear(): void {
    this.#pages.clear();
    this.#lastKey = -1;
  }

  at(pc: number): Instruction {
    const address = pc >>> 0;
    const key = address >>> PAGE_SHIFT;
    if (key !== this.#lastKey) this.#select(key);
    const slot = (address >>> 1) & (SLOTS - 1);
    return (this.#lastPage[slot] ??= this.#decode(address));
  }

  invalidate(address: number, lengthBytes: number): void {
    // One half-word earlier: a 32-bit instruction there ends in what changed.
    const first = (address - 2) >>> 0;
    const last = (address >>> 0) + lengthBytes - 1;
    for (let key = first >>> PAGE_SHIFT; key <= last >>> PAGE_SHIFT; key += 1) {
      const page = this.#pages.get(key);
      if (!page) continue;
      const from = key === first >>> PAGE_SHIFT ? (first >>> 1) & (SLOTS - 1) : 0;
      const to = key === last >>> PAGE_SHIFT ? (last >>> 1) & (SLOTS - 1) : SLOTS - 1;
      for (let slot = from; slot <= to; slot += 1) page[slot] = undefined;
    }
  }

  #select(key: number): void {
    let page = this.#pages.get(key);
    if (!page) {
      page = new Array<Instruction | undefined>(SLOTS).fill(undefined);
      this.#pages.set(key, page);
    }
    this.#lastKey = key;
    this.#lastPage = page;
  }

  #decode(address: number): Instruction {
    const first = this.#fetch(address);
    if (first >>> 11 < 29) return this.decoder.decode16(first);
    return this.decoder.decode32(first, this.#fetch(address + 2));
  }

  #fetch(address: number): number {
    if ((address >= 0x40000000 && address < 0x60000000) || address >= 0xa0000000) {
      throw new CoreFault(EXCEPTION.memManage, CFSR.IACCVIOL);
    }
    try {
      return this.bus.read(address, 2, 'fetch');
    } catch (cause) {
      if (cause instanceof BusFault) throw new CoreFault(EXCEPTION.busFault, CFSR.IBUSERR);
      throw cause;
    }
  }
}
