import { ReportQuery } from '@boardwalk/contracts';
import { z } from 'zod';

export const CycleTimeQuery = ReportQuery.extend({ groupBy: z.enum(['recipe', 'slot']).default('recipe') });
