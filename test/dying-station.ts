import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { StationProcess } from './running-station.ts';

/** Where a station dies: before or after the nth commit from now on, of all or of those of one name. */
export interface Death {
  readonly when: 'before' | 'after';
  readonly nth: number;
  readonly of: string | null;
}

/** A commit of the station's database, as its preloaded journal names it. */
export interface Commit {
  readonly count: number;
  readonly name: string;
  /** Of the rows that it added to the event chain. */
  readonly hashes: readonly string[];
  readonly fatal: boolean;
}

const MOST_PAIRS = 3;
const PRELOAD = pathToFileURL(join(import.meta.dirname, 'commit-deaths.mjs')).href;

/** A station that kills itself at a commit; see commit-deaths.mjs, which is loaded into it. */
export class DyingStation extends StationProcess {
  readonly #folder: string;

  constructor(data: string, environment: Record<string, string>) {
    const folder = join(data, 'deaths');
    const options = `${process.env['NODE_OPTIONS'] ?? ''} --import ${PRELOAD}`;
    super(data, { ...environment, NODE_OPTIONS: options, BOARDWALK_DEATHS: folder });
    mkdirSync(folder, { recursive: true });
    this.#folder = folder;
  }

  /** From now on commits are counted; with a death, the process that runs, or is started next, dies there. */
  order(death: Death | null): void {
    const path = join(this.#folder, 'orders.json');
    // At once: the station looks for it at each commit.
    writeFileSync(`${path}.new`, JSON.stringify(death ?? {}));
    renameSync(`${path}.new`, path);
  }

  /** Starts, and says what that cost the event loop's thread, in seconds of processor time (Linux). */
  async startAtCost(): Promise<number> {
    await this.start();
    return Number(readFileSync(join(this.#folder, 'start-cost'), 'latin1')) / 1e9;
  }

  /**
   * Starts on what a killed one left, and says how many times that cost what an ordinary start costs. Others on the machine
   * add to a processor time too (caches, a shared core), for minutes: where it is not below `most`, an ordinary start is
   * measured now and the same data is started again, up to three times, and the least counts.
   */
  async restartRatio(ordinarySeconds: number, most: number): Promise<number> {
    const copy = mkdtempSync(join(tmpdir(), 'boardwalk-start-'));
    try {
      cpSync(this.data, copy, { recursive: true });
      let least = (await this.startAtCost()) / ordinarySeconds;
      for (let pairs = 1; least >= most && pairs <= MOST_PAIRS; pairs += 1) {
        await this.end('SIGINT');
        const ordinary = await this.startAtCost();
        await this.end('SIGKILL');
        rmSync(this.data, { recursive: true });
        cpSync(copy, this.data, { recursive: true });
        least = Math.min(least, (await this.startAtCost()) / ordinary);
      }
      return least;
    } finally {
      rmSync(copy, { recursive: true });
    }
  }

  /** The commits since the order; the next process has none. */
  takeJournal(): Commit[] {
    const [orders, journal] = [join(this.#folder, 'orders.json'), join(this.#folder, 'journal.jsonl')];
    const lines = existsSync(journal) ? readFileSync(journal, 'utf8').trim().split('\n') : [];
    rmSync(orders, { force: true });
    rmSync(journal, { force: true });
    return lines.map((line) => JSON.parse(line) as Commit);
  }
}

/** A death as a person reads it. */
export function wordsOf({ when, nth, of }: Death): string {
  return of === null ? `${when} commit ${nth}` : `${when} commit ${nth} of “${of}”`;
}
