import type { BoardProfile } from '../profiles/profile.ts';
import type { OptionBytes } from './option-bytes.ts';
import type { Peripheral } from './peripheral.ts';

/** A memory that can be seen at address zero. */
export type LowMemory = 'flash' | 'rom' | 'sram';

/** By MEM_MODE, bits 1:0 of SYSCFG_CFGR1 (RM0091 9.1.1). */
const MODES: readonly LowMemory[] = ['flash', 'rom', 'flash', 'sram'];

/**
 * The memory that a chip boots from, its BOOT0 pin low. With an empty check main flash that was blank when the option bytes were
 * loaded gives way to the boot ROM; protection level 2 boots from main flash only (RM0091 2.5).
 */
export function bootMemory(
  { emptyCheck, bootSelection }: BoardProfile,
  options: OptionBytes,
  blankAtLoad: boolean,
): LowMemory {
  if (options.level === 2) return 'flash';
  const selected = bootSelection ? options.bootMemory : 'flash';
  return selected === 'flash' && emptyCheck !== 'none' && blankAtLoad ? 'rom' : selected;
}

/** SYSCFG: which memory is at address zero. A part without it has main flash there. */
export class SystemConfiguration implements Peripheral {
  lowMemory: LowMemory = 'flash';
  readonly #values = new Map<number, number>();

  /** `moved`: another memory is at address zero now. */
  constructor(private readonly moved: () => void) {}

  /** MEM_MODE starts with the memory that the chip boots from. */
  reset(boot: LowMemory): void {
    this.#values.clear();
    this.#values.set(0, MODES.indexOf(boot));
    this.lowMemory = boot;
  }

  read(offset: number): number {
    return this.#values.get(offset) ?? 0;
  }

  write(offset: number, value: number): void {
    this.#values.set(offset, value);
    if (offset !== 0) return;
    this.lowMemory = MODES[value & 3]!;
    this.moved();
  }
}
