import type { Core } from './arm.ts';

/** A line of a series: parts of one die, known by one device id. */
export interface Line {
  readonly name: string;
  /** DEV_ID of DBGMCU_IDCODE; no two lines of any series share one. */
  readonly deviceId: number;
  /** REV_ID that ST published or that was seen in ST's parts. */
  readonly revisions: readonly number[];
  readonly pageBytes: number;
  /** Sizes that parts of the line have, KiB, ascending; the largest is assumed where the size register cannot be read. */
  readonly flashSizesKib: readonly number[];
  /** SRAM that every part of the line has, bytes: the loader must fit into it. */
  readonly sramBytes: number;
  /** The most SRAM that a part of the line has, bytes: an initial stack pointer beyond it belongs to another line. */
  readonly largestSramBytes: number;
  /** First bank's size where a second controller bank exists, bytes. */
  readonly bankBytes: number | null;
  /**
   * True: a chip that was blank when it loaded its options starts the boot ROM until it loads them again; programming
   * its flash and a system reset do not change that.
   */
  readonly bootsRomUntilLoaded: boolean;
  /** The part of the boot ROM that is the same on every chip of the line. */
  readonly bootRom: { readonly from: number; readonly bytes: number };
  readonly source: string;
}

/** Register blocks of a series that its lines share. */
export type SeriesBlock = 'flash' | 'rcc' | 'debugUnit';

/** A register by its block. */
export interface RegisterPlace {
  readonly block: SeriesBlock;
  readonly offset: number;
}

/** A register write. `others: 'keep'` reads the register first and sets bits only. */
export interface RegisterWrite extends RegisterPlace {
  readonly value: number;
  readonly others: 'keep' | 'clear';
}

/** The words that ST writes into each chip: flash size and unique id. */
export interface Signature {
  readonly from: number;
  readonly words: number;
  /** The half-word that states the flash size in KiB. */
  readonly flashSize: number;
  /** The first of three words. */
  readonly uid: number;
  readonly source: string;
}

/** The way to the fastest core clock that needs no crystal: flash first, then the PLL from HSI. */
export interface ClockRecipe {
  readonly flashAcr: number;
  readonly rccCfgr: number;
  readonly hertz: number;
  readonly source: string;
}

/** Where an option is in the eight option bytes, and how many bits it has. */
export interface OptionField {
  readonly byte: number;
  readonly bit: number;
  readonly bits: number;
  /** Device ids that have it; on others its bits are reserved. Absent: every line of the series. */
  readonly lines?: readonly number[];
}

export interface OptionLayout {
  /** Each option byte is followed by its complement. */
  readonly base: number;
  readonly factory: readonly number[];
  readonly fields: Readonly<Record<string, OptionField>>;
  /** Values of RDP: `off` leaves flash readable, `on` is written to protect it, `permanent` can never be undone. */
  readonly readProtection: {
    readonly off: number;
    readonly on: number;
    readonly permanent: number | null;
  };
  /** FLASH_OBR: what was loaded last. */
  readonly loaded: {
    readonly error: number;
    readonly readProtected: number;
    /** The lowest bit of the option bytes 1 to 3: USER, DATA0, DATA1. */
    readonly shifts: readonly [user: number, data0: number, data1: number];
  };
  /** New values count after any system reset, or only after OBL_LAUNCH of FLASH_CR (or power-on). */
  readonly loadedBy: 'reset' | 'launch';
  readonly source: string;
}

/** Facts of a series, and nothing but facts: what every reader of a chip needs to know of it. */
export interface Series {
  readonly name: string;
  readonly core: Core;
  /** PARTNO of CPUID of ST's parts and of those that answer as they do: where the device id is looked for. */
  readonly partNumbers: readonly number[];
  readonly lines: readonly Line[];
  readonly flashBase: number;
  readonly blocks: Readonly<Record<SeriesBlock, number>>;
  readonly signature: Signature;
  /** Stops both watchdogs while the core is halted, and keeps the debugger on in low-power modes; in this order. */
  readonly freeze: readonly RegisterWrite[];
  readonly clock: ClockRecipe;
  readonly options: OptionLayout;
  readonly source: string;
}
