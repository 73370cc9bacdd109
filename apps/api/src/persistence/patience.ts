import { AsyncLocalStorage } from 'node:async_hooks';

/** How long a write waits for another process that writes (a command of this station's own, as a rule). */
export const PATIENCE_MS = 5000;
const RETRY_MS = 20;
/** From then on it is no command that is done in a moment. */
const HELD_UP_MS = 1000;

const asked = new AsyncLocalStorage<number>();

/** Runs `work`; what it begins waits so long for another process's lock. */
export function withPatience<Result>(ms: number, work: () => Result): Result {
  return asked.run(ms, work);
}

/** Tries again, off the event loop, while another process holds the file; from when the work was asked for. */
export class Patience {
  readonly #since = performance.now();
  readonly #forMs = asked.getStore() ?? PATIENCE_MS;

  /**
   * @param onFailure hears of every error, and of a lock that is held for long
   * @param hurried asked at each try: whether the default is all the time there is
   */
  constructor(
    private readonly onFailure: (cause: unknown) => void,
    private readonly hurried: () => boolean,
  ) {}

  #limitMs(): number {
    return this.hurried() ? Math.min(this.#forMs, PATIENCE_MS) : this.#forMs;
  }

  /** `act` keeps nothing while it waits: it is called again from its beginning. */
  async with<Result>(act: () => Promise<Result>): Promise<Result> {
    for (;;) {
      try {
        return await act();
      } catch (cause) {
        const waited = performance.now() - this.#since;
        if (!isBusy(cause) || waited >= HELD_UP_MS) this.onFailure(cause);
        if (!isBusy(cause) || waited >= this.#limitMs()) throw cause;
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }
}

function isBusy(error: unknown): boolean {
  const { cause, code: plain } = (error ?? {}) as { cause?: { originalCode?: unknown }; code?: unknown };
  const code = cause?.originalCode ?? plain;
  return typeof code === 'string' && code.startsWith('SQLITE_BUSY');
}
