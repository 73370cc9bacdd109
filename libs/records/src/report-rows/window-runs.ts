import type { Database, Statement } from 'better-sqlite3';
import { COUNTED, RUN_COLUMNS, RUNS_WITH_IMAGES, type RunColumns } from './columns.ts';
import { conditionOf, type RowFilter } from './filter.ts';

type Place = readonly [at: string, id: string];
type StoredRun = Omit<RunColumns, 'virtual'> & { readonly virtual: number };

/** Runs looked at in one step: SQLite works on the event loop, which serves the bench too. */
const STEP_RUNS = 250;

/** Where the next step ends, by the index over times alone. */
const NEXT_STEP = `
  SELECT "startedAt" AS at, "id" AS id FROM "Run"
  WHERE ("startedAt", "id") > (?, ?) AND "startedAt" < ?
  ORDER BY "startedAt", "id" LIMIT 1 OFFSET ${STEP_RUNS}`;

/** The runs of a step that fit. */
const runsSql = (condition: string): string => `
  SELECT ${RUN_COLUMNS} FROM ${RUNS_WITH_IMAGES}
  WHERE (r."startedAt", r."id") > (?, ?) AND (r."startedAt", r."id") <= (?, ?) AND r."startedAt" < ?
    AND ${COUNTED}${condition}
  ORDER BY r."startedAt", r."id"`;

/** After every time and id. */
const END = '~';

/** The runs that started in a window and fit a filter, by their time, in steps of bounded work. */
export function* windowRuns(file: Database, filter: RowFilter): Generator<RunColumns[]> {
  const { sql, values } = conditionOf(filter);
  const next = file.prepare<[...Place, string], { at: string; id: string }>(NEXT_STEP);
  const runs = file.prepare(runsSql(sql)) as Statement<unknown[], StoredRun>;
  const end = filter.to ?? END;
  let after: Place | null = [filter.from ?? '', ''];
  while (after) {
    const step = next.get(...after, end);
    const last: Place = step ? [step.at, step.id] : [END, END];
    yield runs
      .all(...after, ...last, end, ...values)
      .map((row) => ({ ...row, virtual: Boolean(row.virtual) }));
    after = step ? last : null;
  }
}
