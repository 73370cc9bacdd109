import type { Outcome, ScanFate } from '@boardwalk/contracts';
import type { ShiftLedgerRow } from './columns.ts';
import type { ScannedCode, StartedRun } from './entries.ts';
import { EXCEPTION_KINDS, type ExceptionKind } from './exception-kinds.ts';

/** The counts of one row. */
export class LedgerCounts {
  readonly #fates: Record<ScanFate, number> = {
    ...{ started: 0, waiting: 0, held: 0, refused: 0, expired: 0, cancelled: 0 },
  };
  readonly #outcomes: Record<Outcome, number> = { PASS: 0, FAIL: 0, ERROR: 0, TIMEOUT: 0, ABORTED: 0 };
  readonly #exceptions = new Map<ExceptionKind, number>();
  #codes = 0;
  #unaccounted = 0;
  #otherCodes = 0;
  #runs = 0;
  #running = 0;
  #withCode = 0;

  addCode({ fate, ofBoard }: ScannedCode): void {
    if (!ofBoard) {
      this.#otherCodes += 1;
      return;
    }
    this.#codes += 1;
    if (fate === null) this.#unaccounted += 1;
    else this.#fates[fate] += 1;
  }

  addRun({ outcome, scanned }: StartedRun): void {
    this.#runs += 1;
    this.#withCode += Number(scanned);
    if (outcome === null) this.#running += 1;
    else this.#outcomes[outcome] += 1;
  }

  addException(kind: ExceptionKind): void {
    this.#exceptions.set(kind, (this.#exceptions.get(kind) ?? 0) + 1);
  }

  row(key: string | null, runs: string): ShiftLedgerRow {
    const ended = Object.values(this.#outcomes).reduce((sum, count) => sum + count, 0);
    const exceptions = EXCEPTION_KINDS.flatMap((kind) => {
      const count = this.#exceptions.get(kind);
      return count === undefined ? [] : [[kind, count] as const];
    });
    return {
      ...{ key, codes: this.#codes, ...this.#fates },
      ...{ unaccounted: this.#unaccounted, otherCodes: this.#otherCodes },
      ...{ boardsStarted: this.#runs, boardsEnded: ended, running: this.#running, withCode: this.#withCode },
      ...{ outcomes: { ...this.#outcomes }, exceptions: Object.fromEntries(exceptions) },
      balanced: this.#unaccounted === 0 && this.#running === 0 && ended === this.#runs,
      links: { boardsStarted: runs },
    };
  }
}
