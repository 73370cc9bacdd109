import type { BoardState, Difference, Outcome, Verdict } from '@boardwalk/contracts';

/** A person's latest decision about a board or its lot. */
export interface CloneDecision {
  readonly decision: string;
  readonly decidedBy: string;
  readonly decidedAt: string;
  /** Its place in the record. */
  readonly sequence: number;
}

/** A board by the latest identity that was read of it, as the report of identities counts it. */
export interface CloneBoard {
  readonly board: number;
  readonly run: string;
  readonly sequence: number;
  /** RFC 3339: when that run started. */
  readonly at: string;
  readonly serial: string | null;
  readonly uid: string | null;
  readonly recipe: string;
  readonly workOrder: string | null;
  readonly lot: string | null;
  readonly supplier: string | null;
  readonly verdict: Verdict;
  readonly resembles: string | null;
  readonly difference: Difference | null;
  /** Ids of the findings that speak against a genuine part of ST. */
  readonly findings: readonly string[];
  readonly state: BoardState;
  readonly heldAbout: string | null;
  /** The place of its latest PASS; null: it never passed. */
  readonly passedAt: number | null;
  readonly lastOutcome: Outcome | null;
  readonly lastReason: string | null;
  readonly decision: CloneDecision | null;
}

/** A board read otherwise than the other boards of its lot. */
export interface LotChange {
  readonly lot: string;
  readonly board: number;
  readonly run: string;
  readonly sequence: number;
  readonly trait: string;
  readonly read: string;
  readonly expected: string;
  readonly boards: number;
  readonly of: number;
  readonly foundAt: string;
}

/** One unique id that came under two serials. */
export interface UidPair {
  readonly uid: string;
  readonly board: number;
  readonly serial: string | null;
  readonly otherSerial: string | null;
  readonly policy: string;
  readonly foundAt: string;
}

/** Facts that are about lots and unique ids, not about one board. */
export interface CloneFacts {
  readonly changes: readonly LotChange[];
  readonly pairs: readonly UidPair[];
}
