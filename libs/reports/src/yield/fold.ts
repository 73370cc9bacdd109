import type { ReportWindow } from '../window.ts';
import { Groups, inOrder, type GroupBy } from '../group.ts';
import { rowsLink } from '../links.ts';
import type { Life, ReportRun } from '../lives/run.ts';
import type { LifeFold } from '../report.ts';
import { CHART_RULE, chartOf } from './chart.ts';
import type { YieldReport } from './columns.ts';
import { YieldCounts } from './counts.ts';

/** The meaning of the numbers, printed next to them. */
const RULES: readonly string[] = [
  'A board is a chip. Boards are those whose first attempt at a recipe started in the window; an attempt is a run that no person aborted.',
  'First-pass yield: boards whose first attempt is PASS, of all boards. Second- and third-pass yield: boards that passed by their second or third attempt, of the same boards.',
  'Last-pass yield: boards whose latest attempt is PASS, of the same boards, also where that attempt came after the window.',
  'ERROR and TIMEOUT count as not passing; the second number leaves out boards whose first attempt failed for the station.',
  'Run yield: attempts that are PASS, of all attempts that started in the window. It tells of the bench, not of the boards.',
  'Passed on retest: boards with a FAIL that passed later without a repair between, of boards with a FAIL.',
  'Retest load: attempts in the window that were not the first of their board, of all attempts in the window.',
  'Attempts are counted over the life of a board within one recipe, for the built-in recipe within one image. A recorded repair starts a new life. Reference boards are left out.',
  'Rows by slot, operator, lot, order, shift or day have the boards whose first attempt was there, and the attempts that were there themselves.',
  'Intervals are 95 %, by Wilson’s score.',
];

/** Yields by recipe, or by what the window says. Different recipes never share a board's life. */
export class YieldFold implements LifeFold<YieldReport> {
  readonly #groups: Groups;
  readonly #rows = new Map<string | null, YieldCounts>();
  readonly #total = new YieldCounts();

  constructor(private readonly window: ReportWindow) {
    this.#groups = new Groups((window.groupBy ?? 'recipe') as GroupBy, window);
  }

  addRuns(runs: readonly ReportRun[]): void {
    for (const run of runs) {
      this.#row(run).addRun(run);
      this.#total.addRun(run);
    }
  }

  addLives(lives: readonly Life[]): void {
    for (const life of lives) {
      this.#row(life.first).addLife(life);
      this.#total.addLife(life);
    }
  }

  #row(run: ReportRun): YieldCounts {
    const key = this.#groups.keyOf(run);
    let row = this.#rows.get(key);
    if (!row) this.#rows.set(key, (row = new YieldCounts()));
    return row;
  }

  report(): YieldReport {
    const keys = [...this.#rows.keys()].sort(inOrder);
    const rows = keys.map((key) => {
      const group = this.#groups.filtersOf(key);
      return this.#rows.get(key)!.row(key, (filters) => rowsLink(this.window, group, filters));
    });
    const chart = chartOf(rows, this.#groups.by);
    const total = this.#total.row('all', (filters) => rowsLink(this.window, filters));
    return { rows, total, rules: chart ? [...RULES, CHART_RULE] : [...RULES], chart };
  }
}
