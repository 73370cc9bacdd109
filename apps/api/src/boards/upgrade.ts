import type { Logger } from 'pino';
import type { StationNotes } from '../station/station-notes.ts';
import { OldRuns } from './old-runs.ts';

/** Between two pages: requests and runs have the event loop and the file in between. */
const PAUSE_MS = 5;
/** After a page that could not be stored, as on a full disk. */
const RETRY_MS = 5000;

/**
 * Gives the runs of an earlier version their boards while the station works, a page a transaction. It may end at any
 * page and goes on there at the next start.
 */
export class Upgrade {
  #closed = false;
  #work: Promise<void> | null = null;
  #wake: () => void = () => undefined;

  constructor(
    private readonly old: OldRuns,
    private readonly notes: StationNotes,
    private readonly log: Logger,
  ) {}

  begin(): void {
    if (this.old.progress.done) return;
    this.log.info(this.old.progress, 'runs of an earlier version get their boards');
    this.#work = this.#loop();
  }

  async #loop(): Promise<void> {
    for (let more = true; more && !this.#closed;) {
      this.#tell();
      try {
        more = await this.old.step();
        if (more) await this.#pause(PAUSE_MS);
      } catch (cause) {
        this.log.error({ err: cause }, 'a page of the upgrade could not be stored; it is tried again');
        await this.#pause(RETRY_MS);
      }
    }
    this.#tell();
    if (this.old.progress.done) this.log.info('every run of an earlier version has its board');
  }

  /** The sentence on /readyz and the page. */
  #tell(): void {
    const { counted, total, done } = this.old.progress;
    const [now, all] = [counted, total].map((rows) => rows.toLocaleString('en-US'));
    this.notes.set('upgrade', done ? null : `upgrade: ${now} of ${all} runs`);
  }

  #pause(forMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, forMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (this.#closed) this.#wake();
    });
  }

  /** Ends after the page at work. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#wake();
    await this.#work;
  }
}
