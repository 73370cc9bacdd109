import { z } from 'zod';
import { VirtualFilter } from './lists.ts';

/** A share with its 95 % Wilson interval: never a percentage without its n. */
export const Share = z
  .object({
    count: z.int(),
    of: z.int(),
    share: z.number().nullable(),
    low: z.number().nullable(),
    high: z.number().nullable(),
  })
  .meta({ id: 'Share' });
export type Share = z.infer<typeof Share>;

export const YieldRow = z
  .object({
    recipe: z.string(),
    boards: z.int(),
    runs: z.int(),
    firstPass: Share,
    firstPassWithoutStationErrors: Share,
    lastPass: Share,
    runYield: Share,
    outcomes: z.record(z.string(), z.int()),
  })
  .meta({ id: 'YieldRow' });
export type YieldRow = z.infer<typeof YieldRow>;

/** Every number with the rule behind it in words. */
export const YieldReport = z
  .object({
    rows: z.array(YieldRow),
    total: YieldRow,
    rules: z.array(z.string()),
    virtualRuns: z.int().meta({ description: 'runs of a virtual bench that were left out' }),
    from: z.string().nullable(),
    to: z.string().nullable(),
  })
  .meta({ id: 'YieldReport' });
export type YieldReport = z.infer<typeof YieldReport>;

export const ReportQuery = z.strictObject({
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  workOrder: z.string().optional(),
  recipe: z.string().optional(),
  lot: z.string().optional(),
  slot: z.string().optional(),
  virtual: VirtualFilter,
});
export type ReportQuery = z.infer<typeof ReportQuery>;
