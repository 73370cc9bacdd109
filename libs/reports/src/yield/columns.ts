import { Share } from '@boardwalk/contracts';
import { z } from 'zod';

/** The part of all attempts that repeats others: no share of boards, so it has no interval. */
export const RetestLoad = z
  .object({ count: z.int(), of: z.int(), share: z.number().nullable() })
  .meta({ id: 'RetestLoad' });

export const YieldRow = z
  .object({
    recipe: z.string().meta({ description: 'all, where the row has boards of several' }),
    boards: z.int(),
    runs: z.int().meta({ description: 'attempts that started in the window' }),
    firstPass: Share,
    firstPassWithoutStationErrors: Share,
    lastPass: Share,
    runYield: Share,
    outcomes: z.record(z.string(), z.int()),
    key: z.string().nullable().meta({ description: 'of the group; null: its runs have no such value' }),
    aborted: z.int(),
    stationErrors: z.int().meta({ description: 'attempts that ended with ERROR or TIMEOUT' }),
    secondPass: Share,
    thirdPass: Share,
    passedOnRetest: Share,
    retestLoad: RetestLoad,
    links: z
      .record(z.string(), z.string())
      .meta({ description: 'the name of a number → the list of exactly the runs that it counts' }),
  })
  .meta({ id: 'YieldRow' });
export type YieldRow = z.infer<typeof YieldRow>;

/** Boards that did not pass first, row after row: days, shifts, lots or orders. */
export const YieldChart = z
  .object({
    centre: z.number().nullable(),
    overdispersed: z.boolean().meta({ description: 'limits are those of Laney’s p′-chart' }),
    sigma: z.number().meta({ description: 'Laney’s σ_z; 1 for a plain p-chart' }),
    points: z.array(
      z.object({
        key: z.string().nullable(),
        ...{ count: z.int(), of: z.int(), share: z.number(), low: z.number(), high: z.number() },
        outside: z
          .boolean()
          .nullable()
          .meta({ description: 'null: fewer than 5 are expected, no alarm is due' }),
        run: z.boolean().meta({ description: 'ends or continues eight in a row on one side of the centre' }),
      }),
    ),
  })
  .meta({ id: 'YieldChart' });
export type YieldChart = z.infer<typeof YieldChart>;

/** Every number with the rule in words. */
export const YieldReport = z
  .object({
    rows: z.array(YieldRow),
    total: YieldRow,
    rules: z.array(z.string()),
    chart: YieldChart.nullable(),
  })
  .meta({ id: 'YieldReport' });
export type YieldReport = z.infer<typeof YieldReport>;
