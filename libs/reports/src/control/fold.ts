import { MEASURED } from '@boardwalk/contracts';
import { Groups, inOrder, type GroupBy } from '../group.ts';
import { rowsLink } from '../links.ts';
import type { Measured, ReportRun } from '../lives/run.ts';
import type { LifeFold } from '../report.ts';
import { RUN_OF } from '../statistics/run-rule.ts';
import type { ReportWindow } from '../window.ts';
import { ControlChart, LEAST_VALUES, MOST_POINTS } from './chart.ts';
import type { ControlReport } from './columns.ts';
import type { Measure } from './measures.ts';

const RULES: readonly string[] = [
  'Values are the first of their name in each attempt that started in the window, in the order of the starts. Aborted runs and reference boards are left out.',
  'Centre: the mean of the values. Limits: centre ± 2.66 times the mean moving range, which is of two neighbours; the range’s own limit is 3.267 times it (individuals and moving range chart).',
  `Outside counts values strictly beyond a limit; in a row counts values that end or continue ${RUN_OF} on one side of the centre. With fewer than ${LEAST_VALUES} values: not enough data.`,
  `Limits are of all values of the row; points are the latest ${MOST_POINTS}.`,
];

/** A control chart of one measured value for each slot or lot. */
export class ControlFold implements LifeFold<ControlReport> {
  readonly #groups: Groups;
  readonly #rows = new Map<string | null, ControlChart>();
  readonly #measure: Measure;
  #last: ReportRun | null = null;

  constructor(private readonly window: ReportWindow) {
    this.#groups = new Groups((window.groupBy ?? 'slot') as GroupBy, window);
    this.#measure = (window.measure ?? 'targetVoltage') as Measure;
  }

  addRuns(runs: readonly ReportRun[]): void {
    for (const run of runs) if (run.attempt !== null) this.#of(run).runs += 1;
  }

  addLives(): void {
    // Values are of runs.
  }

  addMeasured(measured: readonly Measured[]): void {
    for (const { run, name, value } of measured) {
      if (run.attempt === null || name !== MEASURED[this.#measure].name || run === this.#last) continue;
      this.#last = run;
      this.#of(run).add(run, value);
    }
  }

  #of(run: ReportRun): ControlChart {
    const key = this.#groups.keyOf(run);
    let row = this.#rows.get(key);
    if (!row) this.#rows.set(key, (row = new ControlChart()));
    return row;
  }

  report(): ControlReport {
    const link = (...filters: Readonly<Record<string, string>>[]): { runs: string } => ({
      runs: rowsLink(this.window, ...filters, { attempt: 'any' }),
    });
    const rows = [...this.#rows]
      .sort(([one], [other]) => inOrder(one, other))
      .map(([key, chart]) => chart.row(key, link(this.#groups.filtersOf(key))));
    const { name: measure, unit } = MEASURED[this.#measure];
    const sum = (of: 'runs' | 'n'): number => rows.reduce((all, row) => all + row[of], 0);
    return {
      measure,
      unit,
      rows,
      total: { runs: sum('runs'), n: sum('n'), links: link() },
      rules: [...RULES],
    };
  }
}
