import type { Outcome } from '@boardwalk/contracts';

/** One finished run of a board that is no reference board, as reports count it. */
export interface ReportRun {
  readonly id: string;
  /** Its place in the record. */
  readonly sequence: number;
  /** The board's number; null until the upgrade of an earlier version's folder has reached the run. */
  readonly board: number | null;
  readonly life: number;
  /** 1 for the first attempt of this life at this recipe; null for ABORTED. */
  readonly attempt: number | null;
  readonly recipe: string;
  readonly recipeRevision: number;
  readonly image: string;
  readonly slot: string;
  readonly port: string;
  readonly operator: string | null;
  readonly workOrder: string | null;
  readonly lot: string | null;
  readonly supplier: string | null;
  readonly serial: string | null;
  readonly uid: string | null;
  readonly probeSerial: string | null;
  /** RFC 3339 in UTC. */
  readonly at: string;
  readonly finishedAt: string | null;
  readonly outcome: Outcome;
  readonly reason: string | null;
  readonly virtual: boolean;
  readonly voltage: number | null;
  readonly verdict: string | null;
  readonly resembles: string | null;
}

/** An attempt after the first one. */
export interface LaterAttempt {
  readonly sequence: number;
  readonly slot: string;
  readonly outcome: Outcome;
  readonly reason: string | null;
}

/** A board from its first attempt at a recipe to its latest, without a repair between. */
export interface Life {
  readonly first: ReportRun;
  /** In the record's order. */
  readonly later: readonly LaterAttempt[];
}

/** A step that passed, of a run. */
export interface StepTime {
  readonly run: ReportRun;
  readonly step: string;
  readonly durationMs: number;
}

/** A value that a step of a run measured. */
export interface Measured {
  readonly run: ReportRun;
  readonly name: string;
  readonly value: number;
}

/** A window of time: its runs, and the lives that began in it. */
export interface ReportPage {
  readonly runs: readonly ReportRun[];
  readonly lives: readonly Life[];
}
