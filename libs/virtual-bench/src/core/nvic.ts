import type { ExceptionTable } from './exceptions.ts';
import { EXCEPTION } from './faults.ts';

const FIRST = EXCEPTION.firstInterrupt;

/** The core whose interrupts these registers control. */
interface NvicHost {
  readonly exceptions: ExceptionTable;
  readonly profile: {
    readonly interruptLines: number;
    readonly architecture: { readonly activeBits: boolean };
  };
  readonly priorityMask: number;
  exceptionsChanged(): void;
}

/** NVIC registers, 0xE000E100..0xE000E4EF (ARM DDI0403 B3.4). */
export class Nvic {
  readonly #core: NvicHost;

  constructor(core: NvicHost) {
    this.#core = core;
  }

  read(offset: number): number {
    const { enabled, pending, active, priority } = this.#core.exceptions;
    if (offset < 0x200) return bits(enabled, (offset & 0x7f) * 8);
    if (offset < 0x300) return bits(pending, (offset & 0x7f) * 8);
    if (offset < 0x400 && !this.#core.profile.architecture.activeBits) return 0;
    if (offset < 0x400) return bits(active, (offset & 0x7f) * 8);
    let value = 0;
    for (let i = 0; i < 4; i += 1) value |= (priority[FIRST + (offset - 0x400) + i] ?? 0) << (8 * i);
    return value;
  }

  write(offset: number, value: number): void {
    const { exceptions } = this.#core;
    if (offset >= 0x400) {
      for (let i = 0; i < 4; i += 1) this.#setPriority(offset - 0x400 + i, value >>> (8 * i));
    } else {
      const line = (offset & 0x7f) * 8;
      const set = (offset & 0x80) === 0;
      for (let i = 0; i < 32 && line + i < this.#core.profile.interruptLines; i += 1) {
        if (!((value >>> i) & 1)) continue;
        const exception = FIRST + line + i;
        if (offset < 0x200) exceptions.enabled[exception] = set ? 1 : 0;
        else if (offset < 0x300) exceptions.setPending(exception, set || exceptions.line[exception] === 1);
      }
    }
    this.#core.exceptionsChanged();
  }

  #setPriority(line: number, value: number): void {
    if (line < this.#core.profile.interruptLines) {
      this.#core.exceptions.priority[FIRST + line] = value & this.#core.priorityMask;
    }
  }
}

function bits(table: Uint8Array, line: number): number {
  let value = 0;
  for (let i = 0; i < 32; i += 1) value |= (table[FIRST + line + i] ?? 0) << i;
  return value;
}
