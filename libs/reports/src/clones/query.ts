import { ReportQuery } from '@boardwalk/contracts';
import { z } from 'zod';
import { CLONE_GROUPS } from './grouping.ts';

/** The filters that a list of boards has too: each count opens one. */
export const ClonesQuery = ReportQuery.omit({ shift: true }).extend({
  groupBy: z.enum(CLONE_GROUPS).default('lot').meta({ description: 'what the rows are by' }),
});
