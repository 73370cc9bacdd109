import { z } from 'zod';
import { Sha256, Timestamp } from './primitives.ts';

/** One row of the hash-chained record: an event or a change, with the value before it. */
export const AuditRow = z
  .object({
    id: z.int(),
    at: Timestamp,
    type: z.string().meta({ examples: ['job.changed', 'account.added', 'session.opened'] }),
    subject: z.string().meta({ examples: ['job/job_01JD3Q8Z5T0000000000000000'] }),
    actor: z
      .string()
      .meta({ description: 'an account’s name, "start-token", or "station" for its own acts' }),
    role: z.string(),
    reason: z.string().nullable(),
    oldValue: z.unknown().meta({ description: 'null for the first of its subject' }),
    newValue: z.unknown().meta({ description: 'null when retention has erased it' }),
    dataSha256: Sha256,
    previous: Sha256,
    hash: Sha256,
  })
  .meta({ id: 'AuditRow' });
export type AuditRow = z.infer<typeof AuditRow>;

export const AuditQuery = z.strictObject({
  after: z.coerce.number().int().min(0).default(0).meta({ description: 'rows after this id, oldest first' }),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
  subject: z.string().max(200).optional(),
  actor: z.string().max(64).optional(),
  type: z.string().max(64).optional(),
});
export type AuditQuery = z.infer<typeof AuditQuery>;
