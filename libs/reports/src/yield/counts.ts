import type { LifeFact } from '@boardwalk/contracts';
import { LIFE_FACTS, STATION_FAULTS } from '../lives/passes.ts';
import type { Life, ReportRun } from '../lives/run.ts';
import { share } from '../wilson.ts';
import type { YieldRow } from './columns.ts';

type Filters = Readonly<Record<string, string>>;

/** Numbers of boards → the filters of the runs that are first attempts of these boards. */
const BOARD_LINKS: Readonly<Record<string, LifeFact | null>> = {
  ...{ boards: null, firstPass: 'first-pass', secondPass: 'second-pass', thirdPass: 'third-pass' },
  ...{ lastPass: 'last-pass', passedOnRetest: 'passed-on-retest' },
};

/** The counts of one row. */
export class YieldCounts {
  readonly #outcomes: Record<string, number> = { PASS: 0, FAIL: 0, ERROR: 0, TIMEOUT: 0, ABORTED: 0 };
  readonly #facts = new Map<LifeFact, number>();
  #recipe: string | null = null;
  #severalRecipes = false;
  #boards = 0;
  #attempts = 0;

  /** A run without a number that nobody aborted waits for its board; see the upgrade of an earlier version's folder. */
  addRun({ outcome, recipe, attempt }: ReportRun): void {
    if (attempt === null && outcome !== 'ABORTED') return;
    this.#outcomes[outcome] = (this.#outcomes[outcome] ?? 0) + 1;
    if (this.#recipe !== null && this.#recipe !== recipe) this.#severalRecipes = true;
    this.#recipe = recipe;
    if (attempt !== null) this.#attempts += 1;
  }

  addLife(life: Life): void {
    this.#boards += 1;
    for (const [fact, holds] of Object.entries(LIFE_FACTS) as [LifeFact, (life: Life) => boolean][])
      if (holds(life)) this.#facts.set(fact, this.#of(fact) + 1);
  }

  #of(fact: LifeFact): number {
    return this.#facts.get(fact) ?? 0;
  }

  /** @param link the list of runs with these filters */
  row(key: string | null, link: (filters: Filters) => string): YieldRow {
    const [boards, runs, outcomes] = [this.#boards, this.#attempts, { ...this.#outcomes }];
    const of = (fact: LifeFact) => share(this.#of(fact), boards);
    const count = runs - boards;
    return {
      recipe: this.#severalRecipes || this.#recipe === null || key === 'all' ? 'all' : this.#recipe,
      ...{ boards, runs, firstPass: of('first-pass') },
      firstPassWithoutStationErrors: share(this.#of('first-pass'), this.#of('board-first')),
      ...{ lastPass: of('last-pass'), runYield: share(outcomes['PASS']!, runs), outcomes, key },
      aborted: outcomes['ABORTED']!,
      stationErrors: [...STATION_FAULTS].reduce((sum, outcome) => sum + outcomes[outcome]!, 0),
      ...{ secondPass: of('second-pass'), thirdPass: of('third-pass') },
      passedOnRetest: share(this.#of('passed-on-retest'), this.#of('failed')),
      retestLoad: { count, of: runs, share: runs === 0 ? null : count / runs },
      links: linksOf(link),
    };
  }
}

function linksOf(link: (filters: Filters) => string): Record<string, string> {
  const boards = Object.entries(BOARD_LINKS).map(([name, fact]) => [
    name,
    link({ attempt: '1', ...(fact === null ? {} : { life: fact }) }),
  ]);
  return {
    ...(Object.fromEntries(boards) as Record<string, string>),
    ...{ failed: link({ attempt: '1', life: 'failed' }), runs: link({ attempt: 'any' }) },
    ...{ runYield: link({ attempt: 'any', outcome: 'PASS' }), retestLoad: link({ attempt: 'again' }) },
    ...{
      aborted: link({ outcome: 'ABORTED', counted: 'true' }),
      stationErrors: link({ attempt: 'any', fault: 'station' }),
    },
    firstPassWithoutStationErrors: link({ attempt: '1', life: 'first-pass' }),
  };
}
