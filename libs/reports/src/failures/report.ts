import type { Report } from '../report.ts';
import { FailuresReport, FailureRow } from './columns.ts';
import { FailuresFold } from './fold.ts';
import { FailuresQuery } from './query.ts';

export const FAILURES: Report<FailuresReport> = {
  name: 'failures',
  summary:
    'Why boards did not pass, the most frequent reason first. As a table: a row for each reason, then one for all.',
  query: FailuresQuery,
  answer: FailuresReport,
  row: FailureRow.omit({ links: true }),
  rowsOf: ({ rows, total }) => [...rows, total],
  fold: (window) => new FailuresFold(window),
};
