import { addressOf } from './registry.ts';
import type { CoreBlock } from './arm.ts';
import type { Series, SeriesBlock } from './series.ts';

/** A register of an identity: where it is, and how and when it may be read. */
export interface RegisterRow {
  /** Blocks that may have it; the first that the series has counts. */
  readonly in: readonly (CoreBlock | SeriesBlock)[];
  readonly offset: number;
  /**
   * `word`: one read, at any time. `width`: all ones are written, read back, and what was there before is put back;
   * only while the core is halted.
   */
  readonly how: 'word' | 'width';
  /** What the register shows, where its name does not say it. */
  readonly says?: string;
  readonly source: string;
}

/** Every single register of an identity, by the name under which it is kept. A new one is a row. */
export const IDENTITY_REGISTERS = {
  cpuid: { in: ['SCS'], offset: 0xd00, how: 'word', source: 'ARM DDI0403 B3.2.3' },
  fpCtrl: { in: ['FPB', 'BPU'], offset: 0, how: 'word', source: 'ARM DDI0403 C1.11.3, DDI0419 C1.9.3' },
  dwtCtrl: { in: ['DWT'], offset: 0, how: 'word', source: 'ARM DDI0403 C1.8.7' },
  mpuType: { in: ['SCS'], offset: 0xd90, how: 'word', source: 'ARM DDI0403 B3.5.4' },
  ictr: { in: ['SCS'], offset: 0x004, how: 'word', source: 'ARM DDI0403 B3.2.26' },
  deviceId: {
    in: ['debugUnit'],
    offset: 0,
    how: 'word',
    says: 'DBGMCU_IDCODE, the whole word',
    source: 'RM0008 31.6.1, RM0091 32.4.1',
  },
  flashAcr: { in: ['flash'], offset: 0x00, how: 'word', source: 'PM0075 3.1, RM0091 3.5.1' },
  flashCr: { in: ['flash'], offset: 0x10, how: 'word', source: 'PM0075 3.5, RM0091 3.5.5' },
  flashObr: { in: ['flash'], offset: 0x1c, how: 'word', source: 'PM0075 3.7, RM0091 3.5.7' },
  flashWrpr: { in: ['flash'], offset: 0x20, how: 'word', source: 'PM0075 3.8, RM0091 3.5.8' },
  gigadevicePid: {
    in: ['flash'],
    offset: 0x100,
    how: 'word',
    says: 'a product id that only GigaDevice parts have',
    source: 'GD32F10x user manual 2.4, FMC_PID',
  },
  vtorReadback: { in: ['SCS'], offset: 0xd08, how: 'width', source: 'ARM DDI0403 B3.2.5' },
  ahbenrSticky: {
    in: ['rcc'],
    offset: 0x14,
    how: 'width',
    says: 'RCC_AHBENR bits that stuck when all were written',
    source: 'RM0008 7.3.6, RM0091 6.4.6',
  },
} as const satisfies Record<string, RegisterRow>;
export type RegisterName = keyof typeof IDENTITY_REGISTERS;
export const REGISTER_NAMES = Object.keys(IDENTITY_REGISTERS) as readonly RegisterName[];

/** Where a series has a register; null: it has none. */
export function registerAddress(series: Series, { in: names, offset }: RegisterRow): number | null {
  for (const name of names) {
    const base = isOfSeries(name) ? addressOf(series, { block: name, offset: 0 }) : series.core.blocks[name];
    if (base !== undefined) return base + offset;
  }
  return null;
}

function isOfSeries(name: CoreBlock | SeriesBlock): name is SeriesBlock {
  return name === 'flash' || name === 'rcc' || name === 'debugUnit';
}
