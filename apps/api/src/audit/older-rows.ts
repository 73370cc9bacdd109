import { RowSealing } from '@boardwalk/records';
import type { Logger } from 'pino';
import type { Database } from '../persistence/database.ts';
import type { SecondConnection } from '../persistence/second-connection.ts';

/** How long one step may work on the event loop, however few rows those are; its commit comes on top. */
const STEP_MS = 5;
/** Between two steps, so that runs and requests go first. */
const PAUSE_MS = 20;
/** A new station's few rows are sealed before it opens. */
const AT_START_MS = 250;

/**
 * Seals the rows that an earlier version wrote, a few milliseconds at a time while the station works: from then on
 * `boardwalk audit verify` finds every change of them. Once for a data folder, and on from where it was after a crash.
 */
export class OlderRows {
  readonly #sealing = new RowSealing();
  #file!: SecondConnection;
  #closed = false;
  #underWay: Promise<void> = Promise.resolve();

  /** @param ready false while an upgrade still changes old rows: they are sealed after it */
  constructor(
    private readonly database: Database,
    private readonly ready: () => boolean,
    private readonly log: Logger,
  ) {}

  /** Seals what is done in a moment, and goes on with the rest until {@link close}. */
  async open(): Promise<void> {
    this.#file = this.database.second();
    const until = performance.now() + AT_START_MS;
    while (performance.now() < until && this.ready()) if (await this.#step()) return this.#file.close();
    this.#underWay = this.#goOn().finally(() => this.#file.close());
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#underWay;
  }

  #step(): Promise<boolean> {
    return this.#file.run((file) => this.#sealing.step(file, STEP_MS));
  }

  async #goOn(): Promise<void> {
    while (!this.#closed) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      try {
        if (this.ready() && (await this.#step())) return this.log.info('older rows are sealed in the record');
      } catch (cause) {
        // A full disk or a lock: the storage watch says so, and the next step tries again.
        this.log.warn({ err: cause }, 'older rows could not be sealed yet');
        await new Promise((resolve) => setTimeout(resolve, 50 * PAUSE_MS));
      }
    }
  }
}
