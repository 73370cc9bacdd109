import type { LedgerException } from './columns.ts';
import type { ScannedCode, StartedRun } from './entries.ts';
import { EXCEPTIONS, type ExceptionKind } from './exception-kinds.ts';

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
