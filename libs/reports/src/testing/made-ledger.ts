import type { ScannedCode, StartedRun } from '../shift-ledger/entries.ts';

/** A scanned code; what a test does not say is made up. */
export function madeCode(said: Partial<ScannedCode>): ScannedCode {
  return {
    ...{ id: 1, at: '2026-01-01T00:00:00.000Z', operator: 'ann', workOrder: null, serial: null, code: null },
    ...{ slot: null, fate: 'started', ofBoard: true, reason: null, jobId: null, runId: null },
    ...{ runStartedAt: null, virtual: null },
    ...said,
  };
}

/** A run that started; what a test does not say is made up. */
export function madeStart(said: Partial<StartedRun>): StartedRun {
  return {
    ...{ id: 'run_0', at: '2026-01-01T00:00:00.000Z', operator: 'ann', workOrder: null, serial: null },
    ...{ slot: '1', outcome: 'PASS', reason: null, jobId: 'job_0', scanned: false, virtual: true },
    ...said,
    finishedAt: said.finishedAt ?? said.at ?? '2026-01-01T00:00:20.000Z',
  };
}
