import { BUILT_IN_RECIPE } from '@boardwalk/contracts';
import type { Attempt } from '../attempt.ts';
import type { ReportRun } from './run.ts';

/** A run as a fold over the whole history counts it. Without a board it is known by what was read alone. */
export function toAttempt(run: ReportRun): Attempt & ReportRunOnly {
  const { board, life, uid, serial, id, recipe, image } = run;
  const who = board === null ? (uid ?? serial ?? id) : `${board}/${life}`;
  const key = recipe === BUILT_IN_RECIPE ? `${recipe} ${image}` : recipe;
  return { ...run, board: `${key} ${who}` };
}

type ReportRunOnly = Omit<ReportRun, 'board'>;
