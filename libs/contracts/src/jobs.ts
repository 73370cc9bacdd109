import { z } from 'zod';
import { Name, Serial, Sha256, SlotName, Timestamp } from './primitives.ts';

export const JobState = z
  .enum(['held', 'queued', 'running', 'paused', 'completed', 'aborted', 'cancelled'])
  .meta({ id: 'JobState' });
export type JobState = z.infer<typeof JobState>;

const Unit = z.strictObject({ serial: Serial.nullable().optional(), slot: SlotName.nullable().optional() });

/** Body of POST /jobs: what to do (recipe, or image alone for the built-in recipe) and to which boards. */
export const CreateJob = z
  .strictObject({
    workOrder: Name.optional(),
    recipe: z.strictObject({ name: Name, revision: z.coerce.number().int().min(1).optional() }).optional(),
    image: Sha256.optional(),
    units: z.array(Unit).min(1).max(10_000).optional(),
    count: z.int().min(1).max(10_000).optional(),
    priority: z.int().min(0).max(100).default(50),
    notBefore: Timestamp.optional(),
    notAfter: Timestamp.optional(),
    clientRef: z.string().max(200).optional(),
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
    if (job.notBefore && job.notAfter && Date.parse(job.notAfter) <= Date.parse(job.notBefore)) {
      issues.addIssue({ code: 'custom', path: ['notAfter'], message: 'must be later than notBefore' });
    }
  })
  .meta({ id: 'CreateJob' });
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
  })
  .meta({ id: 'Job' });
export type Job = z.infer<typeof Job>;
