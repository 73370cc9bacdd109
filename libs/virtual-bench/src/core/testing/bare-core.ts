import { BusFault, type AccessBytes, type SystemBus } from '../system-bus.ts';
import { CortexM } from '../cortex-m.ts';
import { CORE_PROFILES, type CoreRevision } from '../profiles.ts';

const CODE_BYTES = 0x1000;
const RAM_BASE = 0x20000000;
const RAM_BYTES = 0x1000;
const VECTORS = 64;
export const STACK_TOP = RAM_BASE + RAM_BYTES;
/** Where programs start, and where every exception's handler does unless told otherwise. */
export const START = 0x200;
export const HANDLER = 0x400;

/** 4 KiB of code at 0 and of RAM at 0x20000000, nothing else. */
class Memory implements SystemBus {
  readonly #view = new DataView(new ArrayBuffer(CODE_BYTES + RAM_BYTES));

  read(address: number, bytes: AccessBytes): number {
    const at = this.#offset(address, bytes, false);
    if (bytes === 4) return this.#view.getUint32(at, true);
    return bytes === 2 ? this.#view.getUint16(at, true) : this.#view.getUint8(at);
  }

  write(address: number, bytes: AccessBytes, value: number): void {
    const at = this.#offset(address, bytes, true);
    if (bytes === 4) this.#view.setUint32(at, value, true);
    else if (bytes === 2) this.#view.setUint16(at, value, true);
    else this.#view.setUint8(at, value);
  }

  #offset(address: number, bytes: number, write: boolean): number {
    if (address + bytes <= CODE_BYTES) return address;
    if (address >= RAM_BASE && address + bytes <= STACK_TOP) return address - RAM_BASE + CODE_BYTES;
    throw new BusFault(address, write);
  }

  /** Each instruction takes at least a cycle, so that {@link BareCore.step} is one of them. */
  takeStallCycles(): number {
    return 1;
  }

  stableUntilCycle(): number {
    return 0;
  }
}

/** A processor with plain memory around it, stepped by instruction. */
export class BareCore {
  readonly memory = new Memory();
  readonly core: CortexM;

  constructor(program: readonly number[], revision: CoreRevision = 'm3-r1p1') {
    this.core = new CortexM(this.memory, CORE_PROFILES[revision], { onSystemReset: () => undefined });
    this.memory.write(0, 4, STACK_TOP);
    this.memory.write(4, 4, START | 1);
    for (let vector = 2; vector < VECTORS; vector += 1) this.vector(vector, HANDLER);
    this.place(START, program);
    this.core.powerOnReset();
  }

  place(address: number, halfWords: readonly number[]): void {
    halfWords.forEach((halfWord, i) => this.memory.write(address + 2 * i, 2, halfWord));
  }

  vector(exception: number, handler: number): void {
    this.memory.write(4 * exception, 4, handler | 1);
  }

  /** Executes instructions; taking an exception counts as part of what follows it. */
  step(count = 1): void {
    for (let i = 0; i < count; i += 1) {
      if (this.core.preempting() !== 0) this.core.run(this.core.cycles + 1);
      this.core.run(this.core.cycles + 1);
    }
    if (this.core.preempting() !== 0) this.core.run(this.core.cycles + 1);
  }

  /** Sets registers by number before the next instruction. */
  set(registers: Readonly<Record<number, number>>): void {
    for (const [index, value] of Object.entries(registers)) this.core.r[Number(index)] = value;
  }

  system(address: number): number {
    return this.core.ppbRead(address, 4) >>> 0;
  }
}
