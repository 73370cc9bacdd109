import type { Outcome, ScanFate } from '@boardwalk/contracts';

/** A code that was scanned. */
export interface ScannedCode {
  readonly id: number;
  /** RFC 3339 in UTC. */
  readonly at: string;
  readonly operator: string;
  readonly workOrder: string | null;
  readonly serial: string | null;
  readonly code: string | null;
  readonly slot: string | null;
  /** What became of it; null: it was no board's code, or what became of its unit is not known. */
  readonly fate: ScanFate | null;
  /** It was a board's code. */
  readonly ofBoard: boolean;
  readonly reason: string | null;
  readonly jobId: string | null;
  readonly runId: string | null;
  readonly runStartedAt: string | null;
  /** Of its run; null: it has none. */
  readonly virtual: boolean | null;
}

/** A run that started, also one that goes on still or is of a reference board. */
export interface StartedRun {
  readonly id: string;
  readonly at: string;
  readonly finishedAt: string | null;
  readonly operator: string | null;
  readonly workOrder: string | null;
  readonly serial: string | null;
  readonly slot: string;
  readonly outcome: Outcome | null;
  readonly reason: string | null;
  readonly jobId: string;
  /** A code was scanned for it. */
  readonly scanned: boolean;
  readonly virtual: boolean;
}
