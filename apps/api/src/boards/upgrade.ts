import type { Logger } from 'pino';
import type { StationNotes } from '../status/station-notes.ts';
import { OldRuns, type Progress } from './old-runs.ts';

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

  open(): void {
    if (this.old.progress.done && this.old.numbers.done) return;
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
    const { progress, numbers } = this.old;
    const says = ({ counted, total }: Progress): string =>
      `upgrade: ${counted.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} runs`;
    const numbering = numbers.done ? null : `${says(numbers)} are in order; their boards follow`;
    const finished = numbers.done && progress.done;
    this.notes.set('upgrade', finished ? null : (numbering ?? says(progress)));
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
