import type { Outcome } from '@boardwalk/contracts';
import type { Attempt, ReportWindow } from '../attempt.ts';
import type { ReportFold } from '../report.ts';
import { share } from '../wilson.ts';
import type { YieldReport, YieldRow } from './columns.ts';

/** What the numbers mean, printed beside them. */
const RULES: readonly string[] = [
  'First-pass yield: boards whose first attempt is PASS, of all boards with a first attempt in the window.',
  'Last-pass yield: boards whose latest attempt is PASS, of the same boards.',
  'An aborted run is no attempt. ERROR and TIMEOUT count as not passing; the second number leaves out boards whose first attempt failed for the station.',
  'Attempts are counted over the board’s lifetime within one recipe. Run yield counts every attempt: it tells of the bench, not of the boards.',
  'Intervals are 95 %, by Wilson’s score.',
];

/** Outcomes that tell of the station, not of the board. */
const STATION_FAULTS: ReadonlySet<Outcome> = new Set(['ERROR', 'TIMEOUT']);

/**
 * First-pass, last-pass and run yield by recipe.
 *
 * @param attempts the whole history in the record's order: a first attempt is a board's first in its life, not in the
 *   window
 * @param window chooses boards by the date of their first attempt; runs, for the run yield, by their own
 */
export function yieldReport(attempts: readonly Attempt[], window: ReportWindow): YieldReport {
  return new YieldFold(window).add(attempts).report();
}

/** The same for a history that comes in parts. */
export class YieldFold implements ReportFold<YieldReport> {
  readonly #rows = new Map<string, RowFold>();
  readonly #total: RowFold;
  #virtualRuns = 0;

  constructor(private readonly window: ReportWindow) {
    this.#total = new RowFold(window);
  }

  add(attempts: readonly Attempt[]): this {
    for (const attempt of attempts) {
      if (this.#leavesOut(attempt)) continue;
      let row = this.#rows.get(attempt.recipe);
      if (!row) this.#rows.set(attempt.recipe, (row = new RowFold(this.window)));
      row.add(attempt);
      this.#total.add(attempt);
    }
    return this;
  }

  #leavesOut(attempt: Attempt): boolean {
    const { virtual = false } = attempt;
    if (this.window.virtual === undefined || this.window.virtual === virtual) return false;
    if (virtual && within(attempt, this.window)) this.#virtualRuns += 1;
    return true;
  }

  report(): YieldReport {
    const recipes = [...this.#rows.keys()].sort();
    const rows = recipes.map((recipe) => this.#rows.get(recipe)!.row(recipe));
    return {
      rows: rows.filter(({ runs }) => runs > 0),
      total: this.#total.row('all'),
      rules: [...RULES],
      virtualRuns: this.#virtualRuns,
      from: this.window.from,
      to: this.window.to,
    };
  }
}

/** A board's life at one recipe, as far as it was seen. */
interface Life {
  readonly counts: boolean;
  last: Outcome;
}

/** The counts of one row. Different processes never share a yield: a life is a board's at one recipe. */
class RowFold {
  readonly #lives = new Map<string, Life>();
  readonly #outcomes: Record<string, number> = { PASS: 0, FAIL: 0, ERROR: 0, TIMEOUT: 0, ABORTED: 0 };
  #boards = 0;
  #runs = 0;
  #attempts = 0;
  #passedAttempts = 0;
  #firstPassed = 0;
  #firstOfBoard = 0;
  #lastPassed = 0;

  constructor(private readonly window: ReportWindow) {}

  add(attempt: Attempt): void {
    const inside = within(attempt, this.window);
    if (inside) this.#countRun(attempt);
    if (attempt.outcome !== 'ABORTED') this.#countLife(attempt, inside);
  }

  #countRun({ outcome }: Attempt): void {
    this.#runs += 1;
    this.#outcomes[outcome] = (this.#outcomes[outcome] ?? 0) + 1;
    if (outcome === 'ABORTED') return;
    this.#attempts += 1;
    if (outcome === 'PASS') this.#passedAttempts += 1;
  }

  #countLife({ recipe, board, outcome }: Attempt, inside: boolean): void {
    const key = `${recipe}\n${board}`;
    const life = this.#lives.get(key);
    if (life) {
      if (life.counts) this.#lastPassed += Number(outcome === 'PASS') - Number(life.last === 'PASS');
      life.last = outcome;
      return;
    }
    this.#lives.set(key, { counts: inside, last: outcome });
    if (!inside) return;
    this.#boards += 1;
    if (!STATION_FAULTS.has(outcome)) this.#firstOfBoard += 1;
    if (outcome !== 'PASS') return;
    this.#firstPassed += 1;
    this.#lastPassed += 1;
  }

  row(recipe: string): YieldRow {
    return {
      recipe,
      boards: this.#boards,
      runs: this.#runs,
      firstPass: share(this.#firstPassed, this.#boards),
      firstPassWithoutStationErrors: share(this.#firstPassed, this.#firstOfBoard),
      lastPass: share(this.#lastPassed, this.#boards),
      runYield: share(this.#passedAttempts, this.#attempts),
      outcomes: { ...this.#outcomes },
    };
  }
}

function within({ at, slot, workOrder }: Attempt, window: ReportWindow): boolean {
  const time = Date.parse(at);
  if (window.from !== null && time < Date.parse(window.from)) return false;
  if (window.to !== null && time >= Date.parse(window.to)) return false;
  if (window.slot !== undefined && slot !== window.slot) return false;
  return window.workOrders === undefined || (workOrder !== null && window.workOrders.has(workOrder));
}
