import type { BenchKind, Shows } from '@boardwalk/contracts';
import { Database } from '../persistence/database.ts';
import { virtualRunsAfter } from '../store/runs/virtual-runs-after.ts';

/** Rows counted in one statement: SQLite works on the event loop, which serves the bench too. */
const STEP_ROWS = 1000;

/**
 * Runs of a virtual bench in the record of a real one. Lists and reports leave them out where the bench is USB, unless
 * a query asks for them.
 */
export class VirtualRuns {
  #counted = { runs: 0, last: 0 };
  #counting: Promise<number> | null = null;

  constructor(
    private readonly database: Database,
    private readonly bench: BenchKind,
  ) {}

  /** What a query shows that does not say so itself: on a USB bench real runs, else all. */
  shown(asked: Shows | undefined): Shows {
    return asked ?? (this.bench === 'usb' ? 'false' : 'all');
  }

  /** The number of virtual runs in the record. Only new rows are counted each time. */
  count(): Promise<number> {
    return (this.#counting ??= this.#countOn().finally(() => (this.#counting = null)));
  }

  async #countOn(): Promise<number> {
    for (;;) {
      const { rows, virtual, last } = await virtualRunsAfter(this.database, this.#counted.last, STEP_ROWS);
      if (rows === 0) return this.#counted.runs;
      this.#counted = { runs: this.#counted.runs + virtual, last };
    }
  }
}

/** The value that a run's `virtual` must have; undefined: any. */
export function virtualOf(shows: Shows | undefined): boolean | undefined {
  return shows === undefined || shows === 'all' ? undefined : shows === 'true';
}
