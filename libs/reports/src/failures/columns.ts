import { Share, Timestamp } from '@boardwalk/contracts';
import { z } from 'zod';

export const FailureRow = z
  .object({
    reason: z.string().nullable(),
    boards: z.int(),
    runs: z.int(),
    firstSeen: Timestamp.nullable(),
    lastSeen: Timestamp.nullable(),
    passedOnRetest: Share,
    slots: z.record(z.string(), z.int()).meta({ description: 'slot → runs' }),
    lots: z.record(z.string(), z.int()).meta({ description: 'lot → runs' }),
    links: z.record(z.string(), z.string()),
  })
  .meta({ id: 'FailureRow' });
export type FailureRow = z.infer<typeof FailureRow>;

export const FailuresReport = z
  .object({ rows: z.array(FailureRow), total: FailureRow, rules: z.array(z.string()) })
  .meta({ id: 'FailuresReport' });
export type FailuresReport = z.infer<typeof FailuresReport>;
