import type { ReportWindow } from '../window.ts';
import { inOrder } from '../group.ts';
import { rowsLink } from '../links.ts';
import type { Life, ReportRun } from '../lives/run.ts';
import type { LifeFold } from '../report.ts';
import { fisherExact } from '../statistics/fisher.ts';
import { holm } from '../statistics/holm.ts';
import type { SlotsReport } from './columns.ts';
import { SlotCounts } from './counts.ts';

/** Boards that a slot and all others together need before they are compared. */
const LEAST_BOARDS = 20;

const RULES: readonly string[] = [
  'Boards go by the slot of their first attempt, attempts by their own. Aborted runs and reference boards are left out.',
  `p: Fisher’s exact test, two-sided (the sum over all tables that are at most as probable), of boards that passed first in this slot against all other slots; adjusted for the number of slots by Holm. With fewer than ${LEAST_BOARDS} boards here or elsewhere: not enough data.`,
  'Median time: of attempts that passed, from start to end, rounded to 0.1 s. Voltages are rounded to 1 mV. Quantiles are of type 7.',
  'Passed on retest: boards with a FAIL that passed later without a repair between, of boards with a FAIL. Intervals are 95 %, by Wilson’s score.',
];

/** Each slot, and whether it differs from the others. */
export class SlotsFold implements LifeFold<SlotsReport> {
  readonly #rows = new Map<string, SlotCounts>();
  readonly #total = new SlotCounts();

  constructor(private readonly window: ReportWindow) {}

  addRuns(runs: readonly ReportRun[]): void {
    for (const run of runs) for (const row of this.#of(run.slot)) row.addRun(run);
  }

  addLives(lives: readonly Life[]): void {
    for (const life of lives) for (const row of this.#of(life.first.slot)) row.addLife(life);
  }

  addQuarantines(quarantines: Readonly<Record<string, number>>): void {
    for (const [slot, count] of Object.entries(quarantines))
      if (this.window.slot === undefined || this.window.slot === slot)
        for (const row of this.#of(slot)) row.quarantines += count;
  }

  #of(slot: string): SlotCounts[] {
    let row = this.#rows.get(slot);
    if (!row) this.#rows.set(slot, (row = new SlotCounts()));
    return [row, this.#total];
  }

  report(): SlotsReport {
    const slots = [...this.#rows].sort(([one], [other]) => inOrder(one, other));
    const p = holm(slots.map(([, row]) => this.#compared(row)));
    return {
      rows: slots.map(([slot, row], at) =>
        row.row(slot, {
          p: p[at]!,
          note: p[at] === null ? 'not enough data' : null,
          links: this.#links({ slot }),
        }),
      ),
      total: this.#total.row('all', { p: null, note: null, links: this.#links({}) }),
      rules: [...RULES],
    };
  }

  #compared({ boards, firstPassed }: SlotCounts): number | null {
    const others = { boards: this.#total.boards - boards, passed: this.#total.firstPassed - firstPassed };
    if (boards < LEAST_BOARDS || others.boards < LEAST_BOARDS) return null;
    return fisherExact(firstPassed, boards - firstPassed, others.passed, others.boards - others.passed);
  }

  #links(slot: Readonly<Record<string, string>>): Record<string, string> {
    const link = (filters: Readonly<Record<string, string>>): string => rowsLink(this.window, slot, filters);
    return {
      ...{ boards: link({ attempt: '1' }), runs: link({ attempt: 'any' }) },
      firstPass: link({ attempt: '1', life: 'first-pass' }),
      stationErrors: link({ attempt: 'any', fault: 'station' }),
      passedOnRetest: link({ attempt: '1', life: 'passed-on-retest' }),
    };
  }
}
