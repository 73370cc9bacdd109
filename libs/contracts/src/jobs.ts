import { z } from 'zod';
import { ListQuery, Reason } from './lists.ts';
import { Name, plainText, Serial, Sha256, SlotName, Timestamp } from './primitives.ts';

/** Jobs that start boards, and jobs that wait for a person, in the order of their lives. */
const OPEN = ['held', 'queued', 'running', 'paused'] as const;
export const JobState = z.enum([...OPEN, 'completed', 'aborted', 'cancelled']).meta({ id: 'JobState' });
export type JobState = z.infer<typeof JobState>;

/** The states of jobs that have not ended. */
export const OPEN_JOB_STATES: readonly JobState[] = OPEN;
/** The states of jobs that start boards. */
export const STARTING_JOB_STATES: readonly JobState[] = ['queued', 'running'];
/** The states of jobs that start no board until a person releases them. */
export const HELD_JOB_STATES: readonly JobState[] = ['held', 'paused'];
/** The states of units that have not ended: the one waits for a board, the other runs. */
export const OPEN_UNIT_STATES: readonly string[] = ['queued', 'running'];

export function isOpenJob({ state }: { readonly state: JobState }): boolean {
  return OPEN_JOB_STATES.includes(state);
}

/** One board: its serial where it has one, the slot it will be in, and what the MES wants written into it. */
export const JobUnit = z
  .strictObject({
    serial: Serial.nullable().optional(),
    slot: SlotName.nullable().optional(),
    again: Reason.optional().meta({
      description: 'why a board that has passed is tested again; without it a serial that passed is refused',
    }),
    data: z
      .record(plainText(32).min(1), plainText(256))
      .refine((fields) => Object.keys(fields).length <= 32, 'at most 32 fields')
      .optional()
      .meta({ description: 'values for the recipe’s patches from "unit"' }),
  })
  .meta({ id: 'JobUnit', examples: [{ serial: 'SN000123', slot: '1' }] });
export type JobUnit = z.infer<typeof JobUnit>;

/** Boards of one job. */
export const MOST_UNITS = 10_000;

/** Body of POST /jobs: what to do (recipe, or image alone for the built-in recipe) and to which boards. */
export const CreateJob = z
  .strictObject({
    workOrder: Name.optional(),
    recipe: z.strictObject({ name: Name, revision: z.coerce.number().int().min(1).optional() }).optional(),
    image: Sha256.optional(),
    units: z.array(JobUnit).min(1).max(MOST_UNITS).optional(),
    count: z.int().min(1).max(MOST_UNITS).optional(),
    priority: z.int().min(0).max(100).default(50),
    notBefore: Timestamp.optional(),
    notAfter: Timestamp.optional(),
    clientRef: plainText(200).optional(),
    hold: z.boolean().default(false),
  })
  .superRefine((job, issues) => {
    const sources = [job.workOrder, job.recipe, job.image].filter((source) => source !== undefined).length;
    if (sources === 0) {
      issues.addIssue({
        code: 'custom',
        path: ['recipe'],
        message: 'name a recipe, an image or a work order',
      });
    }
    if (job.recipe && job.image) {
      issues.addIssue({ code: 'custom', path: ['image'], message: 'give a recipe or an image, not both' });
    }
    if (job.units && job.count !== undefined) {
      issues.addIssue({ code: 'custom', path: ['count'], message: 'give units or a count, not both' });
    }
    if (!job.units && job.count === undefined) {
      issues.addIssue({ code: 'custom', path: ['units'], message: 'say which boards: units, or a count' });
    }
    const serials = new Set<string>();
    for (const [index, { serial }] of (job.units ?? []).entries()) {
      if (serial === undefined || serial === null || serials.size < serials.add(serial).size) continue;
      issues.addIssue({
        code: 'custom',
        path: ['units', index, 'serial'],
        message: 'stands twice in this job; a serial is one board’s',
      });
    }
    if (job.notBefore && job.notAfter && Date.parse(job.notAfter) <= Date.parse(job.notBefore)) {
      issues.addIssue({ code: 'custom', path: ['notAfter'], message: 'must be later than notBefore' });
    }
  })
  .meta({
    id: 'CreateJob',
    examples: [
      {
        workOrder: 'WO-1000',
        units: [{ serial: 'SN000123', slot: '1' }, { serial: 'SN000124' }],
        priority: 60,
        notAfter: '2026-11-21T06:00:00Z',
        clientRef: 'mes-4711',
      },
      { image: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', count: 8 },
    ],
  });
export type CreateJob = z.infer<typeof CreateJob>;

export const JobCounts = z
  .object({
    requested: z.int(),
    running: z.int(),
    passed: z.int(),
    failed: z.int(),
    error: z.int(),
    timeout: z.int(),
    aborted: z.int(),
  })
  .meta({ id: 'JobCounts' });
export type JobCounts = z.infer<typeof JobCounts>;

/** A unit that does not start on the board that came, and why. */
export const WaitingUnit = z
  .object({
    serial: z.string().nullable(),
    slot: z.string().nullable(),
    state: z.enum(['waiting', 'refused', 'done']).meta({
      description: 'waiting: it starts when the reason is gone; refused and done: it ended without a run',
    }),
    reason: z.string().meta({ description: 'one sentence: what was found, and what to do next' }),
    board: z.int().nullable().meta({ description: 'the board that is held, for its decision' }),
  })
  .meta({ id: 'WaitingUnit' });
export type WaitingUnit = z.infer<typeof WaitingUnit>;

export const Job = z
  .object({
    id: z.string(),
    state: JobState,
    recipe: z.object({ name: z.string(), revision: z.int() }),
    image: Sha256,
    workOrder: z.string().nullable(),
    priority: z.int(),
    notBefore: Timestamp.nullable(),
    notAfter: Timestamp.nullable(),
    clientRef: z.string().nullable(),
    reason: z.string().nullable(),
    createdAt: Timestamp,
    finishedAt: Timestamp.nullable(),
    counts: JobCounts,
    links: z.object({ self: z.string(), runs: z.string(), events: z.string() }),
    sequence: z
      .int()
      .nullable()
      .meta({ description: 'its place in the record, the id of its job.created event; only grows' }),
    author: z.string().nullable().meta({ description: 'who asked for it' }),
    imageFileSha256: Sha256.nullable().meta({
      description: 'the file by which the image was named, else the first one it came in',
    }),
    unitReasons: z
      .array(WaitingUnit)
      .meta({ description: 'the units that have a reason to tell, at most 100' }),
  })
  .meta({ id: 'Job' });
export type Job = z.infer<typeof Job>;

/** Filters of GET /jobs. Times are of the job's creation. */
export const JobQuery = ListQuery.extend({
  state: JobState.optional(),
  workOrder: Name.optional(),
  recipe: Name.optional(),
  author: z.string().max(64).optional(),
  clientRef: plainText(200).optional(),
  from: Timestamp.optional(),
  to: Timestamp.optional(),
});
export type JobQuery = z.infer<typeof JobQuery>;
