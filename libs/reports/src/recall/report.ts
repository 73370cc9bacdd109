import type { Report } from '../report.ts';
import { RecallReport, RecallRow } from './columns.ts';
import { RecallFold } from './fold.ts';
import { RecallQuery } from './query.ts';

export const RECALL: Report<RecallReport> = {
  name: 'recall',
  summary:
    'Boards that something was done to: by image, recipe revision, slot, probe, operator, time or lot.',
  query: RecallQuery,
  answer: RecallReport,
  row: RecallRow.omit({ links: true }),
  rowsOf: ({ rows }) => rows,
  fold: (window) => new RecallFold(window),
};
