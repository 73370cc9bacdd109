/** A line of the STM32F1 series as the flash engine needs to know it. */
export interface FlashFamily {
  readonly name: string;
  /** DEV_ID of DBGMCU_IDCODE (RM0008 31.6.1). */
  readonly deviceId: number;
  readonly pageBytes: number;
  /** Sizes that parts of the line have, KiB; the largest stands in where the size register cannot be read. */
  readonly flashSizesKib: readonly number[];
  /** SRAM that every part of the line has, bytes: the loader must fit into it. */
  readonly sramBytes: number;
  /** The most SRAM that a part of the line has, bytes: an initial stack pointer beyond it belongs to another line. */
  readonly largestSramBytes: number;
  /** First bank's size where a second controller bank exists, bytes. */
  readonly bankBytes: number | null;
  readonly source: string;
}
