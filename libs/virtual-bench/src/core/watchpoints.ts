import { TRCENA } from './debug-control.ts';
import type { DebugFacts } from './profiles.ts';

const MATCHED = 1 << 24;

/** The core that is watched. */
interface WatchedCore {
  readonly cycles: number;
  readonly pc: number;
  readonly debug: { readonly demcr: number; readonly halted: boolean };
}

interface Comparator {
  comp: number;
  mask: number;
  func: number;
  matched: boolean;
}

/** Functions that watch: 4 PC, 5 read, 6 write, 7 read or write (ARM DDI0403 C1.8.17). */
const PC_MATCH = 4;

/** Data Watchpoint and Trace unit: comparators, CYCCNT or PCSR. Reads as zero while DEMCR.TRCENA is 0. */
export class Watchpoints {
  #control = 0;
  #cycleBase = 0;
  #comparators: Comparator[] = [];
  /** True when a data access must be compared. */
  watching = false;
  readonly #core: WatchedCore;

  constructor(
    core: WatchedCore,
    private readonly facts: DebugFacts,
  ) {
    this.#core = core;
    this.powerOnReset();
  }

  powerOnReset(): void {
    this.#control = 0;
    this.#cycleBase = 0;
    this.#comparators = Array.from({ length: this.facts.watchpoints }, () => ({
      comp: 0,
      mask: 0,
      func: 0,
      matched: false,
    }));
    this.watching = false;
    this.pcAddresses.clear();
  }

  /** Addresses whose fetch halts the core (function 4 with no mask). */
  readonly pcAddresses = new Set<number>();

  /** Whether an access of the core hits a comparator; marks it. */
  hits(address: number, bytes: number, write: boolean): boolean {
    let hit = false;
    for (const one of this.#comparators) {
      if (one.func < 5 || one.func > 7) continue;
      if (write ? one.func === 5 : one.func === 6) continue;
      const span = 1 << one.mask;
      const start = (one.comp & ~(span - 1)) >>> 0;
      if (address >>> 0 < start + span && (address >>> 0) + bytes > start) {
        one.matched = true;
        hit = true;
      }
    }
    return hit;
  }

  read(offset: number): number {
    if (!(this.#core.debug.demcr & TRCENA)) return 0;
    const { watchpoints, cycleCounter, pcSampling } = this.facts;
    if (offset === 0) return ((watchpoints << 28) | this.#control) >>> 0;
    if (offset === 0x1c && pcSampling) return this.#core.debug.halted ? 0xffffffff : this.#core.pc >>> 0;
    if (offset === 4 && !cycleCounter) return 0;
    if (offset === 4)
      return this.#control & 1 ? (this.#core.cycles - this.#cycleBase) >>> 0 : this.#cycleBase >>> 0;
    const one = this.#comparators[(offset - 0x20) >>> 4];
    if (offset < 0x20 || !one) return 0;
    switch (offset & 15) {
      case 0:
        return one.comp;
      case 4:
        return one.mask;
      case 8: {
        const value = one.func | (one.matched ? MATCHED : 0);
        one.matched = false;
        return value;
      }
      default:
        return 0;
    }
  }

  write(offset: number, value: number): void {
    if (!(this.#core.debug.demcr & TRCENA)) return;
    if (offset <= 4 && !this.facts.cycleCounter) return;
    if (offset === 0) {
      const running = this.#control & 1;
      const count = this.read(4);
      this.#control = value & 0x7f1fff;
      if ((this.#control & 1) !== running) this.#setCount(count);
      return;
    }
    if (offset === 4) {
      this.#setCount(value);
      return;
    }
    const one = this.#comparators[(offset - 0x20) >>> 4];
    if (offset < 0x20 || !one) return;
    if ((offset & 15) === 0) one.comp = value >>> 0;
    else if ((offset & 15) === 4) one.mask = value & 15;
    else if ((offset & 15) === 8) one.func = value & 0xfff;
    this.watching = this.#comparators.some(({ func }) => func >= 5 && func <= 7);
    this.pcAddresses.clear();
    for (const { comp, func } of this.#comparators) if (func === PC_MATCH) this.pcAddresses.add(comp & ~1);
  }

  #setCount(value: number): void {
    this.#cycleBase = this.#control & 1 ? this.#core.cycles - value : value;
  }
}
