import type { Placed } from './tally-store.ts';
import type { TalliedRun } from './tally.ts';

/** A run of an earlier version, which has no board yet. */
export interface OldRun extends TalliedRun {
  readonly uid: string | null;
  readonly serial: string | null;
}

/** An old run and its board. */
export interface PlacedOld extends Placed {
  readonly run: OldRun;
}
