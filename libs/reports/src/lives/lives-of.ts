import type { Life, LaterAttempt, ReportPage, ReportRun } from './run.ts';

/** The page of a whole history in the record's order: lives are told apart by board, life and recipe. */
export function pageOf(history: readonly ReportRun[]): ReportPage {
  const lives = new Map<string, { first: ReportRun; later: LaterAttempt[] } & Life>();
  for (const run of history) {
    if (run.attempt === null) continue;
    const key = JSON.stringify([run.board, run.life, run.recipe]);
    const life = lives.get(key);
    if (life) life.later.push(run);
    else lives.set(key, { first: run, later: [] });
  }
  return { runs: history, lives: [...lives.values()] };
}

/** The part of a history that a window contains: its runs, and lives that began in it with all their attempts. */
export function pageWithin(history: readonly ReportRun[], fits: (run: ReportRun) => boolean): ReportPage {
  const { runs, lives } = pageOf(history);
  return { runs: runs.filter(fits), lives: lives.filter(({ first }) => fits(first)) };
}
