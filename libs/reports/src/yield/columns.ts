import { Share } from '@boardwalk/contracts';
import { z } from 'zod';

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
