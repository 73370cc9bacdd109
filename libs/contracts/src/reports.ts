import { z } from 'zod';
import { TableFor, VirtualFilter } from './lists.ts';
import { PlantTime } from './primitives.ts';

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

export const ReportQuery = z.strictObject({
  from: PlantTime.optional(),
  to: PlantTime.optional().meta({ description: 'a date includes that day' }),
  workOrder: z.string().optional(),
  recipe: z.string().optional(),
  lot: z.string().optional(),
  slot: z.string().optional(),
  virtual: VirtualFilter,
  supplier: z.string().optional(),
  operator: z.string().optional(),
  image: z.string().optional(),
  shift: z.string().optional().meta({ description: '2026-11-21 night, or night for that of every day' }),
  for: TableFor,
});
export type ReportQuery = z.infer<typeof ReportQuery>;
