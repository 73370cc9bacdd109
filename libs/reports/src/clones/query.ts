import { ReportQuery } from '@boardwalk/contracts';
import { z } from 'zod';
import { CLONE_GROUPS } from './grouping.ts';

/** All that reports may be asked, and what the rows are by. */
export const ClonesQuery = ReportQuery.extend({
  supplier: z.string().optional(),
  groupBy: z.enum(CLONE_GROUPS).optional().meta({ description: 'what the rows are by; default: lot' }),
});
export type ClonesQuery = z.infer<typeof ClonesQuery>;
