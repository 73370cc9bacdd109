import type { ReportWindow } from '../window.ts';
import { inOrder } from '../group.ts';
import { rowsLink } from '../links.ts';
import type { LaterAttempt, Life, ReportRun } from '../lives/run.ts';
import type { LifeFold } from '../report.ts';
import { share } from '../wilson.ts';
import type { FailureRow, FailuresReport } from './columns.ts';

const RULES: readonly string[] = [
  'A failure is an attempt that ended with FAIL, ERROR or TIMEOUT. Aborted runs and reference boards are left out.',
  'Runs: attempts with this reason that started in the window. First and last seen are of these runs.',
  'Boards: those whose first attempt started in the window and of which an attempt of the same life had this reason.',
  'Passed on retest: of these boards, those that passed after the first attempt with this reason, without a repair between.',
  'A board with several reasons is in several rows; in the total it counts once. Intervals are 95 %, by Wilson’s score.',
];

/** The failures of one reason. */
class Failures {
  boards = 0;
  passed = 0;
  runs = 0;
  first: string | null = null;
  last: string | null = null;
  readonly slots: Record<string, number> = {};
  readonly lots: Record<string, number> = {};

  addRun({ at, slot, lot }: ReportRun): void {
    this.runs += 1;
    if (this.first === null || at < this.first) this.first = at;
    if (this.last === null || at > this.last) this.last = at;
    this.slots[slot] = (this.slots[slot] ?? 0) + 1;
    if (lot !== null) this.lots[lot] = (this.lots[lot] ?? 0) + 1;
  }

  row(reason: string | null, links: Record<string, string>): FailureRow {
    const { boards, runs, passed } = this;
    return {
      ...{ reason, boards, runs, firstSeen: this.first, lastSeen: this.last },
      passedOnRetest: share(passed, boards),
      slots: sorted(this.slots),
      lots: sorted(this.lots),
      links,
    };
  }
}

/** Failures by their reason, the most frequent first. */
export class FailuresFold implements LifeFold<FailuresReport> {
  readonly #rows = new Map<string | null, Failures>();
  readonly #total = new Failures();

  constructor(private readonly window: ReportWindow) {}

  addRuns(runs: readonly ReportRun[]): void {
    for (const run of runs) {
      if (run.attempt === null || run.outcome === 'PASS') continue;
      this.#row(run.reason).addRun(run);
      this.#total.addRun(run);
    }
  }

  addLives(lives: readonly Life[]): void {
    for (const { first, later } of lives) {
      const attempts = [first, ...later];
      const reasons = new Set(attempts.filter(failed).map(({ reason }) => reason));
      for (const reason of reasons)
        count(this.#row(reason), attempts, (attempt) => attempt.reason === reason);
      if (reasons.size > 0) count(this.#total, attempts, () => true);
    }
  }

  #row(reason: string | null): Failures {
    let row = this.#rows.get(reason);
    if (!row) this.#rows.set(reason, (row = new Failures()));
    return row;
  }

  report(): FailuresReport {
    const rows = [...this.#rows].sort(
      ([one, a], [other, b]) => b.runs - a.runs || b.boards - a.boards || inOrder(one, other),
    );
    return {
      rows: rows.map(([reason, row]) => row.row(reason, this.#links(reason ?? ''))),
      total: this.#total.row('all', this.#links('*')),
      rules: [...RULES],
    };
  }

  #links(reason: string): Record<string, string> {
    const ofRuns: Record<string, string> = reason === '*' ? {} : { reason };
    return {
      boards: rowsLink(this.window, { attempt: '1', hadReason: reason }),
      runs: rowsLink(this.window, { attempt: 'any', fault: 'any', ...ofRuns }),
      passedOnRetest: rowsLink(this.window, { attempt: '1', passedAfter: reason }),
    };
  }
}

const failed = ({ outcome }: LaterAttempt): boolean => outcome !== 'PASS';

function count(
  row: Failures,
  attempts: readonly LaterAttempt[],
  fits: (attempt: LaterAttempt) => boolean,
): void {
  row.boards += 1;
  const first = attempts.findIndex((attempt) => failed(attempt) && fits(attempt));
  if (attempts.slice(first + 1).some(({ outcome }) => outcome === 'PASS')) row.passed += 1;
}

function sorted(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).sort(([one], [other]) => inOrder(one, other)));
}
