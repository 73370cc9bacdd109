import type { Outcome, Run } from '@boardwalk/contracts';

/** The end of a run, as the row of the last ones shows it. */
export interface RunEnd {
  readonly runId: string;
  readonly slot: string;
  readonly outcome: Outcome;
  readonly serial: string | null;
  readonly reason: string | null;
}

type Ending = Pick<Run, 'id' | 'slot' | 'outcome' | 'serial' | 'reason'>;

/** Ends that the bench keeps in sight. */
export const SHOWN_ENDS = 10;

/** The latest ends, newest first, after another one. */
export function withEnd(ends: readonly RunEnd[], run: Ending): readonly RunEnd[] {
  return [...endsOf([run]), ...ends.filter(({ runId }) => runId !== run.id)].slice(0, SHOWN_ENDS);
}

/** The runs that have ended, of a list with the newest first. */
export function endsOf(runs: readonly Ending[]): readonly RunEnd[] {
  return runs
    .flatMap(({ id, slot, outcome, serial, reason }) =>
      outcome === null ? [] : [{ runId: id, slot, outcome, serial, reason }],
    )
    .slice(0, SHOWN_ENDS);
}
