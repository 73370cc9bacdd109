import { ReportQuery } from '@boardwalk/contracts';
import { z } from 'zod';
import { GROUPS } from '../group.ts';

export const YieldQuery = ReportQuery.extend({
  groupBy: z
    .enum(GROUPS)
    .default('recipe')
    .meta({ description: 'what the rows are by; boards go by their first attempt' }),
});
