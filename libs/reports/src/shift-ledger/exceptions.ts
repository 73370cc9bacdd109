import type { LedgerException } from './columns.ts';
import type { ScannedCode, StartedRun } from './entries.ts';

/** Why a code or a run keeps the two sides of the ledger apart → the words for it. */
export const EXCEPTIONS = {
  waiting: 'The code waits for its run.',
  held: 'The board waits for a decision.',
  refused: 'The code was refused.',
  expired: 'The slot that was kept for the code was not used in time.',
  cancelled: 'The code was cancelled.',
  unaccounted: 'The record does not say what became of the code.',
  'started-later': 'The run of the code started in another shift or on another day.',
  running: 'The run has not ended.',
  'ended-later': 'The run ended in another shift or on another day.',
  interrupted: 'The station stopped during the run.',
} as const;
export type ExceptionKind = keyof typeof EXCEPTIONS;
export const EXCEPTION_KINDS = Object.keys(EXCEPTIONS) as [ExceptionKind, ...ExceptionKind[]];

/** Whether two times are in different rows. */
type Apart = (one: string, other: string) => boolean;

/** Why a board's code did not become a run in its own row; null: it did. */
export function exceptionOfCode({ at, fate, runStartedAt }: ScannedCode, apart: Apart): ExceptionKind | null {
  if (fate === null) return 'unaccounted';
  if (fate !== 'started') return fate;
  return runStartedAt !== null && apart(at, runStartedAt) ? 'started-later' : null;
}

/** Why a run did not end in its own row; null: it did. */
export function exceptionOfRun(
  { at, finishedAt, outcome, reason }: StartedRun,
  apart: Apart,
): ExceptionKind | null {
  if (outcome === null) return 'running';
  if (reason === 'interrupted') return 'interrupted';
  return finishedAt !== null && apart(at, finishedAt) ? 'ended-later' : null;
}

/** A code as the list of exceptions shows it. */
export function codeAsException(kind: ExceptionKind, key: string | null, code: ScannedCode): LedgerException {
  const { at, operator, workOrder, serial, slot, jobId, runId, reason } = code;
  return {
    ...{ kind, key, at, says: EXCEPTIONS[kind], code: code.code, serial, slot, operator, workOrder },
    ...{ jobId, runId, reason, link: linkOf(runId, jobId) },
  };
}

/** A run as the list of exceptions shows it. */
export function runAsException(kind: ExceptionKind, key: string | null, run: StartedRun): LedgerException {
  const { at, operator, workOrder, serial, slot, jobId, id: runId, reason } = run;
  return {
    ...{ kind, key, at, says: EXCEPTIONS[kind], code: null, serial, slot, operator, workOrder },
    ...{ jobId, runId, reason, link: linkOf(runId, jobId) },
  };
}

function linkOf(runId: string | null, jobId: string | null): string | null {
  if (runId !== null) return `/api/v1/runs/${runId}`;
  return jobId === null ? null : `/api/v1/jobs/${jobId}`;
}
