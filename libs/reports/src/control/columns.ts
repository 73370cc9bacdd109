import { z } from 'zod';

/** A value of a control chart. */
export const ControlPoint = z
  .object({
    run: z.string(),
    at: z.string(),
    value: z.number(),
    range: z.number().nullable().meta({ description: 'to the value before it' }),
    outside: z.boolean(),
    row: z.boolean().meta({ description: 'ends, or continues, eight in a row on one side of the centre' }),
  })
  .meta({ id: 'ControlPoint' });

export const ControlRow = z
  .object({
    key: z.string().nullable(),
    runs: z.int().meta({ description: 'attempts, measured or not' }),
    n: z.int().meta({ description: 'values' }),
    centre: z.number().nullable(),
    low: z.number().nullable(),
    high: z.number().nullable(),
    meanRange: z.number().nullable(),
    highRange: z.number().nullable(),
    outside: z.int().nullable(),
    outsideRange: z.int().nullable(),
    inARow: z.int().nullable(),
    note: z.string().nullable(),
    points: z.array(ControlPoint).meta({ description: 'the latest values, oldest first' }),
    links: z.record(z.string(), z.string()),
  })
  .meta({ id: 'ControlRow' });
export type ControlRow = z.infer<typeof ControlRow>;

export const ControlTotal = z
  .object({ runs: z.int(), n: z.int(), links: z.record(z.string(), z.string()) })
  .meta({ id: 'ControlTotal' });

export const ControlReport = z
  .object({
    measure: z.string(),
    unit: z.string(),
    rows: z.array(ControlRow),
    total: ControlTotal,
    rules: z.array(z.string()),
  })
  .meta({ id: 'ControlReport' });
export type ControlReport = z.infer<typeof ControlReport>;
