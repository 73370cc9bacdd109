import type { Database } from 'better-sqlite3';
import { COUNTED, RUN_COLUMNS, RUNS_WITH_IMAGES, type RunColumns } from './columns.ts';

const PAGE_RUNS = 500;
const SQL = `
  SELECT ${RUN_COLUMNS} FROM ${RUNS_WITH_IMAGES}
  WHERE r."sequence" > ? AND (? IS NULL OR r."recipeName" = ?) AND ${COUNTED}
  ORDER BY r."sequence" LIMIT ${PAGE_RUNS}`;

/** All runs that reports count, of one recipe or of all, in the record's order. */
export function* historyRuns(file: Database, recipe: string | null): Generator<RunColumns[]> {
  const page = file.prepare<unknown[], Omit<RunColumns, 'virtual'> & { readonly virtual: number }>(SQL);
  for (let after = Number.MIN_SAFE_INTEGER; ;) {
    const rows = page.all(after, recipe, recipe);
    yield rows.map((row) => ({ ...row, virtual: Boolean(row.virtual) }));
    if (rows.length < PAGE_RUNS) return;
    after = rows.at(-1)!.sequence;
  }
}
