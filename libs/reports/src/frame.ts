import { z } from 'zod';
import type { Report } from './report.ts';

/** The frame around the rows of every report. */
export const ReportFrame = z.object({
  virtualRuns: z.int().meta({ description: 'runs of a virtual bench that were left out' }),
  from: z.string().nullable(),
  to: z.string().nullable(),
  generation: z
    .string()
    .nullable()
    .meta({ description: 'of the record; another one begins with each restore' }),
  asOf: z.int().meta({ description: 'id of the last event that the report knows' }),
  timeZone: z.string().meta({ description: 'of the plant: its days and shifts' }),
  groupBy: z.string().nullable(),
  links: z
    .object({ rows: z.string() })
    .meta({ description: 'rows: the list of the runs that the report counts' }),
});
export type ReportFrame = z.infer<typeof ReportFrame>;

/** The schema of a whole answer. */
export function framed({ answer }: Report): z.ZodObject {
  return answer.extend(ReportFrame.shape);
}
