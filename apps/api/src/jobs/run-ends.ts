import { storageProblemOf } from '@boardwalk/records';
import type { RunResult } from '@boardwalk/station';
import { setMaxListeners } from 'node:events';
import type { Logger } from 'pino';
import type { StorageWatch } from '../status/storage-watch.ts';
import type { Claim } from './claims.ts';
import type { RunLedger } from './run-ledger.ts';

/** Between two tries, in ms: doubled from the first to the longest, cut short when the storage becomes ready. */
const PAUSES = { first: 250, longest: 10_000 };

/** Prisma's word for a transaction that could not begin, or not end, in its time, as under another program's lock. */
const TRANSACTION_TIMED_OUT = 'P2028';

/**
 * Stores how runs ended. What a board went through is known here alone until it is stored, so an end that the storage
 * refuses is kept and tried again, until it is there or the station closes.
 */
export class RunEnds {
  readonly #closing = new AbortController();

  constructor(
    private readonly ledger: RunLedger,
    private readonly storage: StorageWatch,
    private readonly log: Logger,
    private readonly pauses = PAUSES,
  ) {
    // Each slot's run may wait at once.
    setMaxListeners(0, this.#closing.signal);
  }

  /**
   * Resolves once the end is stored.
   * @throws what refused it, where that is not the storage (another run holds the slot), or the station closes: the
   * next start names the run interrupted
   */
  async store(claim: Claim, result: RunResult): Promise<void> {
    const { first, longest } = this.pauses;
    for (let pause = first; ; pause = Math.min(2 * pause, longest)) {
      try {
        return await this.ledger.finish(claim, result);
      } catch (cause) {
        if (!isOfTheStorage(cause) || this.#closing.signal.aborted) throw cause;
        this.log.warn({ err: cause, runId: claim.runId }, 'a run’s end waits for the storage');
        await this.#pause(pause);
        if (this.#closing.signal.aborted) throw cause;
      }
    }
  }

  /** Ends at the time given, when the storage became ready, or when the station closes. */
  async #pause(forMs: number): Promise<void> {
    const { signal } = this.#closing;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        forget();
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, forMs);
      const forget = this.storage.onChange(() => this.storage.ready && end());
      signal.addEventListener('abort', end, { once: true });
      if (signal.aborted) end();
    });
  }

  /** From now on what is not stored at once is given up. */
  close(): void {
    this.#closing.abort();
  }
}

function isOfTheStorage(cause: unknown): boolean {
  return storageProblemOf(cause) !== null || (cause as { code?: unknown }).code === TRANSACTION_TIMED_OUT;
}
