import type { Report } from '../report.ts';
import { ClonesReport, ClonesRow } from './columns.ts';
import { ClonesFold } from './fold.ts';
import { ClonesQuery } from './query.ts';

export const CLONES: Report<ClonesReport> = {
  name: 'clones',
  summary:
    'Boards by what their chips show: verdicts, families, the evidence, and what was done with boards that differ. As a table: a row for each key, then one for all.',
  query: ClonesQuery,
  answer: ClonesReport,
  row: ClonesRow.omit({ links: true }),
  rowsOf: ({ rows, total }) => [...rows, total],
  fold: (window) => new ClonesFold(window),
};
