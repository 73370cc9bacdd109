import type { Report } from '../report.ts';
import { CycleTimeReport, CycleTimeRow } from './columns.ts';
import { CycleTimeFold } from './fold.ts';
import { CycleTimeQuery } from './query.ts';

export const CYCLE_TIME: Report<CycleTimeReport> = {
  name: 'cycle-time',
  summary: 'How long steps take by recipe or slot, and how fast boards go through the bench.',
  query: CycleTimeQuery,
  answer: CycleTimeReport,
  row: CycleTimeRow.omit({ links: true }),
  rowsOf: ({ rows }) => rows,
  fold: (window) => new CycleTimeFold(window),
};
