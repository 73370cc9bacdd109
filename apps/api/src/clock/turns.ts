/** How long work may go on before everything else on the event loop has its turn. */
const TURN_MS = 5;

/** Lets everything else that waits for the event loop go first. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Counts the time since the event loop had its last turn. */
export class Turns {
  #since: number;

  constructor(
    private readonly now: () => number = () => performance.now(),
    private readonly pause: () => Promise<void> = turn,
  ) {
    this.#since = now();
  }

  /** Call after each piece of work. */
  async next(): Promise<void> {
    if (this.now() - this.#since < TURN_MS) return;
    await this.pause();
    this.#since = this.now();
  }
}

/** Does work that comes in pieces; gives its result. */
export async function inTurns<Result>(work: Iterator<unknown, Result>, turns: Turns): Promise<Result> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    await turns.next();
  }
}
