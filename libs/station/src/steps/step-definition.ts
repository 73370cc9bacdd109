import type { StepName, StepOf } from '@boardwalk/contracts';
import type { TransportTraits } from '../link/transports.ts';
import type { StepContext, StepWords } from './step-context.ts';

/** What a step may do to a board. The outcome and the run engine know a step by this alone. */
export interface StepEffects {
  /** What is no longer as it was, once the step began. */
  readonly touches: 'flash' | 'optionBytes' | 'nothing';
  /** The chip goes through a reset: what is read later is what it starts from. */
  readonly resets: boolean;
  /** `proof`: everything that the image needs is read and compared; PASS rests on it. */
  readonly reads: 'nothing' | 'identity' | 'flash' | 'proof';
}

/** One kind of step: what it does to a board, and how. */
export interface StepDefinition<Name extends StepName> extends Omit<StepEffects, 'resets'> {
  /** A function where the recipe's step says so. */
  readonly resets: boolean | ((step: StepOf<Name>) => boolean);
  /**
   * What this step asks of the way to the board and does not get there: the end of "a slot over … cannot". Default: it
   * asks for nothing that not every transport gives.
   */
  readonly lacks?: (step: StepOf<Name>, traits: TransportTraits) => string | null;
  /** @throws StepFailure, FlashError, ProbeError */
  readonly perform: (step: StepOf<Name>, context: StepContext) => Promise<StepWords>;
}
