import type { RunReason, Slot } from '@boardwalk/contracts';

/** The end of a run as a tile shows it, while the board is in the slot and after it left. */
export interface Ended {
  readonly outcome: string;
  readonly reason: string | null;
  readonly remedy: string | null;
  readonly serial: string | null;
  readonly board: Slot['board'];
}

/** Reasons that say nothing about the board: its flash may be half written. */
const UNKNOWN: ReadonlySet<string | null> = new Set<RunReason>(['interrupted', 'cancelled']);

/** The end that is shown in a slot; null: a run is at work, or another board is in the slot than the one that ended. */
export function endedIn({ state, run, board, last }: Slot): Ended | null {
  if (state === 'done' && run?.outcome) {
    const { outcome, reason, remedy } = run;
    return { outcome, reason, remedy, serial: board?.serial ?? null, board };
  }
  if (last === null) return null;
  const { outcome, reason, serial, uid } = last;
  // A board that was put in since has no result: only after an unknown end the board of the last run may still be in its slot.
  const same = board !== null && (uid === null || board.uid === null || uid === board.uid);
  const shown = state === 'empty' || (state === 'ready' && same && UNKNOWN.has(reason));
  return shown ? { outcome, reason, remedy: null, serial, board: null } : null;
}

/** Whether nobody knows what the run did to the board. */
export const isUnknown = ({ reason }: Ended): boolean => UNKNOWN.has(reason);
