import type { StepOf } from '@boardwalk/contracts';
import type { FlashRange } from '../plan.ts';

/** What is to be blank or right once the image is programmed. */
export interface EraseDemand {
  /** needed: the pages that the image touches; all: the rest of flash shall be blank too. */
  readonly scope: StepOf<'erase'>['scope'];
  /** What must survive, whatever else is erased. */
  readonly keep: readonly FlashRange[];
}

/** What the flash is brought to the image by. */
export type EraseChoice =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'pages'; readonly pages: readonly number[] }
  | { readonly kind: 'mass' };
