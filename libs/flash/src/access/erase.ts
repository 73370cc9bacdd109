import type { StepOf } from '@boardwalk/contracts';
import type { FlashRange } from '../plan.ts';

/** The flash that must be blank or right after the image was programmed. */
export interface EraseDemand {
  /** needed: the pages that the image touches; all: the rest of flash must be blank too. */
  readonly scope: StepOf<'erase'>['scope'];
  /** Ranges that keep their bytes, whatever else is erased. */
  readonly keep: readonly FlashRange[];
}

/** The way by which the flash is erased for the image. */
export type EraseChoice =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'pages'; readonly pages: readonly number[] }
  | { readonly kind: 'mass' };
