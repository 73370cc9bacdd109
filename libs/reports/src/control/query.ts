import { ReportQuery } from '@boardwalk/contracts';
import { z } from 'zod';
import { MEASURES } from './measures.ts';

export const ControlQuery = ReportQuery.extend({
  groupBy: z.enum(['slot', 'lot']).default('slot'),
  measure: z.enum(MEASURES).default('targetVoltage'),
});
