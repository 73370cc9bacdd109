import type { CoreRevision } from '../core/profiles.ts';
import type { SeriesName } from './series.ts';
import type { FreeBytes } from './unique-id.ts';

/** PIDR4 and PIDR0..3 of the root ROM table, which name the designer and the part. */
export interface RomTableIds {
  readonly pidr4: number;
  readonly pidr: readonly [number, number, number, number];
}

/**
 * What a board's microcontroller is, down to the registers that tell it from another. Every value has its source
 * in `sources`; `fixture` names what was invented so that the virtual part is complete.
 */
export interface BoardProfile {
  readonly name: string;
  readonly description: string;
  readonly series: SeriesName;
  readonly core: CoreRevision;
  readonly dpidr: number;
  readonly apIdr: number;
  /** DBGMCU_IDCODE. */
  readonly idcode: number;
  readonly rom: RomTableIds;
  /** Whether the root ROM table lists an ETM. */
  readonly etm: boolean;
  /** What the flash-size register says, KiB. */
  readonly flashSizeKib: number;
  /** Flash cells that are really there, bytes. */
  readonly flashBytes: number;
  readonly pageBytes: number;
  readonly sramBytes: number;
  /** Upper half of the word whose lower half is the flash size. */
  readonly signatureHigh: number;
  /** Words 0..2 of a unique id; the bytes of `uidFree` differ from board to board. */
  readonly uid: readonly [number, number, number];
  readonly uidFree: FreeBytes;
  readonly bootRomBase: number;
  readonly bootRomBytes: number;
  /** First four words of the boot ROM; the rest is filler. null: blank. */
  readonly bootRomVectors: readonly [number, number, number, number] | null;
  /** Half-words of its code at offset 0x20, in place of filler. */
  readonly bootRomProgram: readonly number[];
  /**
   * Whether the boot ROM starts instead of main flash when the first word was blank at the last load of the option bytes, and
   * then jumps to code that it finds there or stays.
   */
  readonly emptyCheck: 'none' | 'romJumps' | 'romStays';
  /** Whether BOOT_SEL and nBOOT0 of the option bytes choose the boot memory. */
  readonly bootSelection: boolean;
  /** Bits of RCC_AHBENR that keep what is written. */
  readonly ahbenrMask: number;
  /** Bits of RCC_CFGR that keep what is written, SWS left out. */
  readonly cfgrMask: number;
  /** Write-protection option bytes that the chip has; the others read as ones. */
  readonly wrpBytes: number;
  readonly flashCrReset: number;
  /** GigaDevice's product id at 0x40022100; 0 on others. */
  readonly fmcPid: number;
  readonly priorityBits: number;
  readonly interruptLines: number;
  /** Programming and erase time as a multiple of ST's. */
  readonly flashTimeFactor: number;
  /** Word writes to flash are taken as two half-words. */
  readonly acceptsWordProgramming: boolean;
  /** A store while BSY is lost instead of stalled. */
  readonly losesStoreWhileBusy: boolean;
  readonly sources: string;
  readonly fixture: string;
}
