import { ReportQuery } from '@boardwalk/contracts';
import { z } from 'zod';

export const RecallQuery = ReportQuery.extend({
  recipeRevision: z.coerce.number().int().min(1).optional(),
  probe: z.string().max(64).optional().meta({ description: 'serial of the probe' }),
});
