import type { CloneBoard } from '../clones/board.ts';
import type { Outcome } from '@boardwalk/contracts';
import type { ReportWindow } from '../window.ts';
import { pageWithin } from '../lives/lives-of.ts';
import type { ReportRun } from '../lives/run.ts';
import type { ReportFold } from '../report.ts';

/** The parts of a run that a test states; the rest is made up. */
export type Told = Partial<ReportRun> & { readonly board: number; readonly outcome: Outcome };

const MADE_UP = {
  ...{
    life: 1,
    recipe: 'a',
    recipeRevision: 1,
    image: 'ab'.repeat(32),
    slot: '1',
    port: '1-1',
    operator: null,
  },
  ...{ workOrder: null, lot: null, supplier: null, serial: null, uid: null, probeSerial: null },
  ...{ reason: null, virtual: true, voltage: 3.3, verdict: null, resembles: null },
} as const;

/** A run a minute in the record's order, each with the number of its attempt. */
export function historyOf(told: readonly Told[]): ReportRun[] {
  const attempts = new Map<string, number>();
  return told.map((run, index) => {
    const made = { ...MADE_UP, ...run };
    const key = JSON.stringify([made.board, made.life, made.recipe]);
    const attempt = made.outcome === 'ABORTED' ? null : (attempts.get(key) ?? 0) + 1;
    if (attempt !== null) attempts.set(key, attempt);
    const at = new Date(Date.UTC(2026, 0, 1, 0, index)).toISOString();
    const finishedAt = new Date(Date.UTC(2026, 0, 1, 0, index, 20)).toISOString();
    return { at, finishedAt, ...made, id: `run_${index}`, sequence: index + 1, attempt };
  });
}

/** Whether a run started in a window and has the window's slot. */
export function fits({ from, to, slot }: ReportWindow): (run: ReportRun) => boolean {
  return (run) =>
    (from === null || run.at >= from) &&
    (to === null || run.at < to) &&
    (slot === undefined || run.slot === slot);
}

/** Feeds a fold with the parts of a history that it counts. */
export function folded<Answer>(
  fold: ReportFold<Answer>,
  history: readonly ReportRun[],
  window: ReportWindow,
): Answer {
  if ('addBoards' in fold) fold.addBoards(boardsOf(history));
  else if ('addCodes' in fold) throw new Error('A ledger counts codes and starts, not a history.');
  else {
    const { runs, lives } = pageWithin(history, fits(window));
    for (const run of runs) fold.addRuns([run]);
    for (const life of lives) fold.addLives([life]);
  }
  return fold.report();
}

/** The boards of a history by their latest run, all of one verdict. */
export function boardsOf(history: readonly ReportRun[]): CloneBoard[] {
  const latest = new Map(history.map((run) => [run.board ?? 0, run]));
  return [...latest].map(
    ([board, { id, sequence, at, serial, uid, recipe, workOrder, lot, supplier, outcome }]) => ({
      ...{ board, run: id, sequence, at, serial, uid, recipe, workOrder, lot, supplier },
      ...{ verdict: 'differs', resembles: 'GD32F1', difference: 'maker', findings: ['FMC_PID'] },
      ...{
        state: 'free',
        heldAbout: null,
        passedAt: null,
        lastOutcome: outcome,
        lastReason: null,
        decision: null,
      },
    }),
  );
}
