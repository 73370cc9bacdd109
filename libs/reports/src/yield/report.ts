import type { Report } from '../report.ts';
import { YieldReport, YieldRow } from './columns.ts';
import { YieldFold } from './fold.ts';
import { YieldQuery } from './query.ts';

export const YIELD: Report<YieldReport> = {
  name: 'yield',
  summary:
    'Boards that passed, by recipe or another group. As a table: a row for each group, then one for all.',
  query: YieldQuery,
  answer: YieldReport,
  row: YieldRow.omit({ links: true }),
  rowsOf: ({ rows, total }) => [...rows, total],
  fold: (window) => new YieldFold(window),
};
