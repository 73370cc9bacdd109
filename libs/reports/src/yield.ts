import type { Outcome, YieldReport, YieldRow } from '@boardwalk/contracts';
import { share } from './wilson.ts';

/** One finished run, as the yield counts it. */
export interface Attempt {
  /** Who the board is: serial, else unique id. */
  readonly board: string;
  readonly recipe: string;
  readonly slot: string;
  /** RFC 3339. */
  readonly at: string;
  readonly outcome: Outcome;
}

export interface ReportWindow {
  readonly from: string | null;
  readonly to: string | null;
}

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
 * @param attempts the whole history, oldest first: a first attempt is a board's first in its life, not in the window
 * @param window chooses boards by the date of their first attempt; runs, for the run yield, by their own
 */
export function yieldReport(attempts: readonly Attempt[], window: ReportWindow): YieldReport {
  const recipes = [...new Set(attempts.map(({ recipe }) => recipe))].sort();
  const rows = recipes.map((recipe) =>
    rowOf(
      recipe,
      attempts.filter((attempt) => attempt.recipe === recipe),
      window,
    ),
  );
  return {
    rows: rows.filter(({ runs }) => runs > 0),
    total: rowOf('all', attempts, window),
    rules: [...RULES],
    ...window,
  };
}

function rowOf(recipe: string, attempts: readonly Attempt[], window: ReportWindow): YieldRow {
  const inWindow = attempts.filter((attempt) => within(attempt, window));
  const counted = attempts.filter(({ outcome }) => outcome !== 'ABORTED');
  const boards = [...livesOf(counted).values()].filter(([first]) => within(first!, window));
  const firsts = boards.map((life) => life[0]!);
  const lasts = boards.map((life) => life.at(-1)!);
  const withoutStation = firsts.filter(({ outcome }) => !STATION_FAULTS.has(outcome));
  const runs = inWindow.filter(({ outcome }) => outcome !== 'ABORTED');
  return {
    recipe,
    boards: boards.length,
    runs: inWindow.length,
    firstPass: share(passed(firsts), firsts.length),
    firstPassWithoutStationErrors: share(passed(withoutStation), withoutStation.length),
    lastPass: share(passed(lasts), lasts.length),
    runYield: share(passed(runs), runs.length),
    outcomes: outcomesOf(inWindow),
  };
}

/** Attempts of each board at each recipe, in time's order: different processes never share a yield. */
function livesOf(attempts: readonly Attempt[]): Map<string, Attempt[]> {
  const lives = new Map<string, Attempt[]>();
  for (const attempt of attempts) {
    const key = `${attempt.recipe}\n${attempt.board}`;
    const life = lives.get(key);
    if (life) life.push(attempt);
    else lives.set(key, [attempt]);
  }
  return lives;
}

function within({ at }: Attempt, { from, to }: ReportWindow): boolean {
  const time = Date.parse(at);
  return (from === null || time >= Date.parse(from)) && (to === null || time < Date.parse(to));
}

function passed(attempts: readonly Attempt[]): number {
  return attempts.filter(({ outcome }) => outcome === 'PASS').length;
}

function outcomesOf(attempts: readonly Attempt[]): Record<string, number> {
  const counts: Record<string, number> = { PASS: 0, FAIL: 0, ERROR: 0, TIMEOUT: 0, ABORTED: 0 };
  for (const { outcome } of attempts) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
