import { ActionBody, CreateJob, Job, JobQuery, ListQuery, Run } from '@boardwalk/contracts';
import { listed, made, one } from './answer.ts';
import { resource } from './row.ts';

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  description: 'one value a job, quoted or bare; kept 30 days',
  example: '"8e03978e-40d5-43dd-bc93-6894a57f9324"',
};

export const JOBS = resource('jobs', {
  createJob: {
    method: 'POST',
    path: '/api/v1/jobs',
    summary: "The MES's door. The same Idempotency-Key with the same body gets the first answer again.",
    may: 'post-jobs',
    headers: [IDEMPOTENCY_KEY],
    body: CreateJob,
    // A job has thousands of units, each with its own data.
    bodyBytes: 2048 * 1024,
    answers: made(Job, ({ id }) => ['jobs', id], {
      'Idempotency-Replayed': {
        description: 'true: the first answer to this key again',
        schema: { type: 'string', enum: ['true'] },
      },
    }),
    refuses: [
      ...(['idempotency-key-invalid', 'idempotency-key-required'] as const),
      ...(['idempotency-in-progress', 'idempotency-key-reused'] as const),
      ...(['work-order-ended', 'serial-busy', 'serial-passed'] as const),
      ...(['recipe-retired', 'recipe-not-released'] as const),
      ...(['ambiguous', 'image-does-not-fit', 'image-unreadable'] as const),
      ...(['queue-full', 'not-stored'] as const),
    ],
  },
  listJobs: {
    method: 'GET',
    path: '/api/v1/jobs',
    summary: 'Jobs, the newest first.',
    may: 'look',
    query: JobQuery,
    answers: listed(Job),
  },
  getJob: {
    method: 'GET',
    path: '/api/v1/jobs/:id',
    summary: 'One job with its counts; ask until its state is completed, or follow the events.',
    may: 'look',
    answers: one(Job),
  },
  listJobRuns: {
    method: 'GET',
    path: '/api/v1/jobs/:id/runs',
    summary: 'The runs of a job, the newest first: what was done to each board.',
    may: 'look',
    query: ListQuery,
    answers: listed(Run),
  },
  cancelJob: {
    method: 'POST',
    path: '/api/v1/jobs/:id/cancel',
    summary: 'Ends it: what waits is cancelled, what runs is stopped.',
    may: 'steer-jobs',
    body: ActionBody,
    answers: one(Job),
    refuses: ['wrong-state'],
  },
  holdJob: {
    method: 'POST',
    path: '/api/v1/jobs/:id/hold',
    summary: 'No further board of it starts until it is released; those at work are finished.',
    may: 'steer-jobs',
    body: ActionBody,
    answers: one(Job),
    refuses: ['wrong-state'],
  },
  releaseJob: {
    method: 'POST',
    path: '/api/v1/jobs/:id/release',
    summary: 'Ends a hold.',
    may: 'steer-jobs',
    body: ActionBody,
    answers: one(Job),
    refuses: ['wrong-state', 'recipe-retired'],
  },
});
