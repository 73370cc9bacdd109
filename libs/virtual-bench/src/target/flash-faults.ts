/** Ways in which a flash array can lie or wear; all off by default. Addresses are absolute. */
export interface FlashFaults {
  /** Takes every command and stores nothing. */
  ignoresWrites: boolean;
  /** Stores this bit inverted at that address. */
  wrongBit: { address: number; bit: number } | null;
  /** Drops one half-word: reports EOP, the cell stays blank. */
  dropsHalfWordAt: number | null;
  /** A cell bit that always reads 0 or 1. */
  stuckBit: { address: number; bit: number; value: 0 | 1 } | null;
  /** The page at this address keeps its content through erases. */
  pageDoesNotEraseAt: number | null;
  /** Programming and erase take this many times longer. */
  slowFactor: number;
}

export function noFlashFaults(): FlashFaults {
  return {
    ignoresWrites: false,
    wrongBit: null,
    dropsHalfWordAt: null,
    stuckBit: null,
    pageDoesNotEraseAt: null,
    slowFactor: 1,
  };
}
