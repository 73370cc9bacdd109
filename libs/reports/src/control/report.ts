import type { Report } from '../report.ts';
import { ControlReport, ControlRow } from './columns.ts';
import { ControlFold } from './fold.ts';
import { ControlQuery } from './query.ts';

export const CONTROL: Report<ControlReport> = {
  name: 'control',
  summary: 'Control charts of target voltage, page erase time or half-word time, by slot or lot.',
  query: ControlQuery,
  answer: ControlReport,
  row: ControlRow.omit({ links: true, points: true }),
  rowsOf: ({ rows }) => rows.map(({ points: _points, ...row }) => row),
  fold: (window) => new ControlFold(window),
};
