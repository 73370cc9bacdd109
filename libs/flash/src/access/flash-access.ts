import type { EraseChoice, EraseDemand } from './erase.ts';
import type { VerifyMethod, VerifyResult } from './verify-result.ts';
import type { FlashGeometry } from '../families/families.ts';
import type { FlashPlan, FlashRange } from '../plan.ts';
import type { Watch } from '../progress.ts';

/**
 * The flash of one connected board: what the steps of a recipe need, whichever way its bytes go. Debug port and RAM
 * loader are the first implementation (`FlashEngine`); a boot ROM over USART or USB would be others. Every call may
 * throw FlashError, and ProbeError where the board or its adapter is lost.
 */
export interface FlashAccess {
  readonly geometry: FlashGeometry;
  /** The whole of flash, as the chip states it. */
  readonly wholeFlash: FlashRange;

  /** What must be erased for this plan, by the cheapest way; changes nothing. */
  chooseErase(plan: FlashPlan, demand: EraseDemand): Promise<EraseChoice>;
  erase(choice: EraseChoice, watch?: Watch): Promise<void>;
  /** Programs pages that are blank. Resolves with the bytes of the pages that were programmed. */
  program(plan: FlashPlan, watch?: Watch): Promise<number>;
  /** Compares flash with the plan; with `pages` the whole of those pages. */
  verify(
    plan: FlashPlan,
    method: VerifyMethod,
    watch?: Watch & { readonly pages?: readonly number[] | null },
  ): Promise<VerifyResult>;

  /** SHA-256 of a range. */
  digest(range: FlashRange, watch?: Watch): Promise<string>;
  /** The bytes of a range, odd lengths too. */
  dump(range: FlashRange, watch?: Watch): Promise<Uint8Array>;
  /** The bytes of a range; what the chip proves to be blank or of `known` need not be moved. */
  dumpProved(range: FlashRange, known: readonly Uint8Array[], watch?: Watch): Promise<ProvedDump>;

  /** Resets the chip and stops it before its first instruction: what is read next is what a boot would find. */
  reset(): Promise<void>;
}

/** A whole dump, and which of its pages were moved. */
export interface ProvedDump {
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly readPages: number;
  /** Pages that the chip's SHA-256 proved to hold what the host knows already. */
  readonly provedPages: number;
}
