import { BUILT_IN_RECIPE } from '@boardwalk/contracts';
import type { Database } from 'better-sqlite3';
import { generationOf } from '../file/generation.ts';
import { cloneBoards, runsLeftOut } from './clone-boards.ts';
import type { CloneFilter } from './clone-filter.ts';
import type { RunColumns } from './columns.ts';
import type { RowFilter } from './filter.ts';
import { imagesNamed } from './images-named.ts';
import { LaterAttempts } from './later-attempts.ts';
import type { LedgerFilter } from './ledger-filter.ts';
import { MeasuredValues } from './measured-values.ts';
import { lotChanges } from './lot-changes.ts';
import { scannedCodes } from './scanned-codes.ts';
import { shiftPlans } from './shift-plans.ts';
import { startedRuns } from './started-runs.ts';
import { quarantines } from './quarantines.ts';
import { StepTimes } from './step-times.ts';
import { uidPairs } from './uid-pairs.ts';
import { windowRuns } from './window-runs.ts';

/** Reports read a file of data through this: everything is of one moment, which its first statement fixes. */
export class ReportSource {
  readonly #steps: StepTimes;
  readonly #measured: MeasuredValues;
  readonly #later: LaterAttempts;

  /** @param file opened to read; it is in one transaction until {@link close} */
  constructor(private readonly file: Database) {
    file.exec('BEGIN');
    this.#steps = new StepTimes(file);
    this.#measured = new MeasuredValues(file);
    this.#later = new LaterAttempts(file, BUILT_IN_RECIPE);
  }

  get generation(): string | null {
    return generationOf(this.file)?.id ?? null;
  }

  /** The id of the last event. */
  get asOf(): number {
    return (this.file.prepare('SELECT max("id") AS id FROM "Event"').get() as { id: number | null }).id ?? 0;
  }

  get shiftPlans() {
    return shiftPlans(this.file);
  }

  /** The runs that started in a window, with the later attempts of lives that began with one of them. */
  *pages(filter: RowFilter) {
    for (const runs of windowRuns(this.file, filter))
      yield { runs, lives: runs.filter(({ attempt }) => attempt === 1).map((run) => this.#life(run)) };
  }

  #life(first: RunColumns) {
    return { first, later: this.#later.of(first) };
  }

  steps(runs: readonly string[]) {
    return this.#steps.of(runs);
  }

  measured(runs: readonly string[]) {
    return this.#measured.of(runs);
  }

  quarantines({ from, to }: Pick<RowFilter, 'from' | 'to'>): Record<string, number> {
    return quarantines(this.file, from, to);
  }

  /** The codes that were scanned in a window, each with what became of it. */
  codes(filter: LedgerFilter) {
    return scannedCodes(this.file, filter);
  }

  /** The runs that started in a window, ended or not. */
  starts(filter: LedgerFilter) {
    return startedRuns(this.file, filter);
  }

  imagesNamed(name: string): string[] {
    return imagesNamed(this.file, name);
  }

  /** Facts about lots and unique ids. */
  cloneFacts() {
    return { changes: lotChanges(this.file), pairs: uidPairs(this.file) };
  }

  boards(filter: CloneFilter) {
    return cloneBoards(this.file, filter);
  }

  readingsLeftOut(filter: CloneFilter): number {
    return runsLeftOut(this.file, filter);
  }

  close(): void {
    this.file.close();
  }
}
