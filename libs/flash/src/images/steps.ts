import { setImmediate } from 'node:timers/promises';

/** Work in short steps: each takes well below a millisecond on ordinary hardware. */
export type Steps<Result> = Generator<void, Result, void>;

/** How long the steps of one slice may take together before the event loop gets its turn, ms. */
const SLICE_MS = 2;

/** Runs all steps at once: for programs that serve nobody meanwhile. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Runs the steps in slices and lets the event loop go on between them. */
export async function inSlices<Result>(steps: Steps<Result>): Promise<Result> {
  for (;;) {
    const until = performance.now() + SLICE_MS;
    do {
      const { done, value } = steps.next();
      if (done) return value;
    } while (performance.now() < until);
    await setImmediate();
  }
}
