import { Outcome, Timestamp } from '@boardwalk/contracts';
import { z } from 'zod';

export const RecallRow = z
  .object({
    serial: z.string().nullable(),
    uid: z.string().nullable(),
    lastOutcome: Outcome.meta({ description: 'of its latest run that fits' }),
    runs: z.int(),
    firstAt: Timestamp,
    lastAt: Timestamp,
    slot: z.string(),
    workOrder: z.string().nullable(),
    board: z.int(),
    links: z.record(z.string(), z.string()),
  })
  .meta({ id: 'RecallRow' });
export type RecallRow = z.infer<typeof RecallRow>;

export const RecallReport = z
  .object({
    rows: z.array(RecallRow),
    total: z.object({
      known: z.int().meta({ description: 'boards' }),
      unknown: z.int().meta({ description: 'runs that fit of which no unique id is known' }),
      runs: z.int(),
      links: z.record(z.string(), z.string()),
    }),
    rules: z.array(z.string()),
  })
  .meta({ id: 'RecallReport' });
export type RecallReport = z.infer<typeof RecallReport>;
