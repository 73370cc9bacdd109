import { z } from 'zod';

export const CycleTimeRow = z
  .object({
    key: z.string().nullable(),
    step: z.string(),
    n: z.int(),
    medianMs: z.number().nullable(),
    p95Ms: z.number().nullable(),
    links: z.record(z.string(), z.string()).meta({ description: 'runs: those of the group, with any step' }),
  })
  .meta({ id: 'CycleTimeRow' });
export type CycleTimeRow = z.infer<typeof CycleTimeRow>;

export const CycleTimeTotal = z
  .object({
    runs: z.int(),
    boardsPerHour: z.number().nullable(),
    handlingMedianS: z.number().nullable(),
    handlingN: z.int(),
    programmingMedianS: z.number().nullable(),
    programmingN: z.int(),
    sitesNeeded: z.int().nullable(),
    probeWaitingS: z.number().meta({ description: 'slots waited so long for the next board' }),
    links: z.record(z.string(), z.string()),
  })
  .meta({ id: 'CycleTimeTotal' });

export const CycleTimeReport = z
  .object({ rows: z.array(CycleTimeRow), total: CycleTimeTotal, rules: z.array(z.string()) })
  .meta({ id: 'CycleTimeReport' });
export type CycleTimeReport = z.infer<typeof CycleTimeReport>;
