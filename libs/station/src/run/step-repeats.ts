import type { Measurement, RecipeStep, StepOf } from '@boardwalk/contracts';
import { FlashError } from '@boardwalk/flash';
import { mayPass, ProbeError } from '@boardwalk/debug';
import type { BoardLink } from '../link/board-link.ts';
import { reattach } from '../steps/reattach.ts';
import { effectsOf } from '../steps/registry.ts';
import type { StepContext } from '../steps/step-context.ts';

const MOST_OF_A_STEP = 2;
const MOST_OF_A_RUN = 6;

/** What was tried again so far. */
interface Counts {
  readonly attachRetries: number;
  readonly transferRetries: number;
  readonly stepRetries: number;
}

/**
 * Decides which broken steps of one run are done again: those that the line, the probe or a lost contact broke off. A
 * step that changes flash looks first at what its last try left; so nothing is repeated blindly.
 */
export class StepRepeats {
  /** Attached again, which is bounded over the run. */
  #reattached = 0;
  #done = 0;

  constructor(private readonly steps: readonly RecipeStep[]) {}

  counts(link: BoardLink | null): Counts {
    const { attachRetries = 0, transferRetries = 0 } = link ?? {};
    return { attachRetries, transferRetries, stepRetries: this.#done };
  }

  /**
   * Brings target and line back after a step was broken off.
   * @returns one sentence that says what was done; null: the step has failed
   * @throws StepFailure, ProbeError when the target does not come back
   */
  async mend(index: number, tries: number, cause: unknown, context: StepContext): Promise<string | null> {
    const asked = this.steps[index]!;
    const { step } = asked;
    const { link } = context;
    const ofTheLine = cause instanceof ProbeError && cause.code === 'target.line';
    if (ofTheLine && onlyReads(asked)) {
      const slower = await link.slowDown();
      if (slower === null) return null;
      this.#done += 1;
      return `${slower}: ${cause.message}`;
    }
    if (!isBrokenOff(cause) || tries >= MOST_OF_A_STEP || this.#reattached >= MOST_OF_A_RUN) return null;
    if (step === 'connect' && (ofTheLine || !link.isConnected)) return null;
    const slower = ofTheLine ? await link.slowDown() : '';
    if (slower === null) return null;
    this.#done += 1;
    this.#reattached += 1;
    if (step !== 'connect') await reattach(this.#connectBefore(index), context);
    const words = `Done again after: ${cause.message}`;
    return ofTheLine ? `${slower}: ${cause.message} ${words}` : words;
  }

  #connectBefore(index: number): StepOf<'connect'> {
    const connect = this.steps.slice(0, index).findLast(({ step }) => step === 'connect');
    return connect as StepOf<'connect'>;
  }
}

function onlyReads(step: RecipeStep): boolean {
  const { touches, resets, reads } = effectsOf(step);
  return touches === 'nothing' && !resets && reads !== 'nothing';
}

/** What was tried again between two counts, as measurements; nothing where nothing was. */
export function retriesBetween(before: Counts, after: Counts): Measurement[] {
  const names = ['attachRetries', 'transferRetries', 'stepRetries'] as const;
  return names
    .map((name) => ({ name, value: after[name] - before[name] }))
    .filter(({ value }) => value > 0)
    .map((count) => ({ ...count, unit: '1', min: null, max: null, inLimits: true }));
}

/** A loader that vanished from RAM is a target that lost its power. */
function isBrokenOff(cause: unknown): cause is Error {
  return mayPass(cause) || (cause instanceof FlashError && cause.code === 'flash.loader_failed');
}
