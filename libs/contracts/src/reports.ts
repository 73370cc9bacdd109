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
