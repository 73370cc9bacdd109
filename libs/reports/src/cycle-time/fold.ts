import type { ReportWindow } from '../window.ts';
import { Groups, inOrder, type GroupBy } from '../group.ts';
import { rowsLink } from '../links.ts';
import type { ReportRun, StepTime } from '../lives/run.ts';
import type { LifeFold } from '../report.ts';
import { Values } from '../statistics/values.ts';
import type { CycleTimeReport } from './columns.ts';
import { LONGEST_WAIT_S, Pace } from './pace.ts';

const RULES: readonly string[] = [
  'Step times are of steps that passed, of attempts that started in the window, rounded to 1 ms; quantiles are of type 7. Below n = 20 the 95 % quantile is nearly the maximum.',
  `Handling: from the end of an attempt in a slot to the start of the next one there; more than ${LONGEST_WAIT_S / 60} minutes is a break and does not count. Programming: from start to end of an attempt that passed. Both are medians, rounded to 0.1 s.`,
  'Boards per hour: attempts that passed, by the time in which the bench worked, without breaks.',
  'Sites needed = programming by handling, rounded up, and 1 more: so many slots keep one person busy.',
  'On a virtual bench step times are modelled time.',
];

/** How long steps take, and how fast boards go through. */
export class CycleTimeFold implements LifeFold<CycleTimeReport> {
  readonly #groups: Groups;
  readonly #rows = new Map<string | null, Map<string, Values>>();
  readonly #pace = new Pace();

  constructor(private readonly window: ReportWindow) {
    this.#groups = new Groups((window.groupBy ?? 'recipe') as GroupBy, window);
  }

  addRuns(runs: readonly ReportRun[]): void {
    for (const run of runs) this.#pace.add(run);
  }

  addLives(): void {
    // Times are of runs.
  }

  addSteps(steps: readonly StepTime[]): void {
    for (const { run, step, durationMs } of steps) {
      if (run.attempt === null) continue;
      const key = this.#groups.keyOf(run);
      let row = this.#rows.get(key);
      if (!row) this.#rows.set(key, (row = new Map<string, Values>()));
      let values = row.get(step);
      if (!values) row.set(step, (values = new Values(1)));
      values.add(durationMs);
    }
  }

  report(): CycleTimeReport {
    const { runs, handling, programming, boardsPerHour, sitesNeeded, probeWaitingS } = this.#pace;
    const rows = [...this.#rows].sort(([one], [other]) => inOrder(one, other));
    return {
      rows: rows.flatMap(([key, steps]) =>
        [...steps]
          .sort(([one], [other]) => inOrder(one, other))
          .map(([step, values]) => ({
            ...{ key, step, n: values.n, medianMs: values.quantile(0.5), p95Ms: values.quantile(0.95) },
            links: { runs: rowsLink(this.window, this.#groups.filtersOf(key), { attempt: 'any' }) },
          })),
      ),
      total: {
        ...{ runs, boardsPerHour, handlingMedianS: handling.quantile(0.5), handlingN: handling.n },
        ...{
          programmingMedianS: programming.quantile(0.5),
          programmingN: programming.n,
          sitesNeeded,
          probeWaitingS,
        },
        links: { runs: rowsLink(this.window, { attempt: 'any' }) },
      },
      rules: [...RULES],
    };
  }
}
