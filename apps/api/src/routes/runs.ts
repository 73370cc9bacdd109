import { Run, RunQuery } from '@boardwalk/contracts';
import { listed, one } from './answer.ts';
import { resource } from './row.ts';

export const RUNS = resource('runs', {
  listRuns: {
    method: 'GET',
    path: '/api/v1/runs',
    summary: 'Runs, the newest first.',
    may: 'look',
    query: RunQuery,
    answers: listed(Run, { leavesOutVirtual: true }),
  },
  getRun: {
    method: 'GET',
    path: '/api/v1/runs/:id',
    summary: 'One run: steps, measurements, identity, hashes and outcome.',
    may: 'look',
    answers: one(Run),
  },
});
