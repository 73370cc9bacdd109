import { Share } from '@boardwalk/contracts';
import { z } from 'zod';

export const SlotRow = z
  .object({
    slot: z.string(),
    port: z.string().nullable().meta({ description: 'of its latest run in the window' }),
    boards: z.int(),
    runs: z.int(),
    firstPass: Share,
    stationErrors: z.int(),
    passedOnRetest: Share,
    p: z.number().nullable().meta({
      description:
        'how likely so large a difference to the other slots is by chance; Fisher, adjusted by Holm',
    }),
    note: z.string().nullable(),
    medianSeconds: z.number().nullable(),
    voltageMedian: z.number().nullable(),
    voltageMin: z.number().nullable(),
    quarantines: z.int().meta({ description: 'times that its probe was set aside in the window' }),
    links: z.record(z.string(), z.string()),
  })
  .meta({ id: 'SlotReportRow' });
export type SlotRow = z.infer<typeof SlotRow>;

export const SlotsReport = z
  .object({ rows: z.array(SlotRow), total: SlotRow, rules: z.array(z.string()) })
  .meta({ id: 'SlotsReport' });
export type SlotsReport = z.infer<typeof SlotsReport>;
