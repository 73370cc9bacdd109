import type { Report } from '../report.ts';
import { SlotsReport, SlotRow } from './columns.ts';
import { SlotsFold } from './fold.ts';
import { SlotsQuery } from './query.ts';

export const SLOTS: Report<SlotsReport> = {
  name: 'slots',
  summary: 'Each slot against the others. As a table: a row for each slot, then one for all.',
  query: SlotsQuery,
  answer: SlotsReport,
  row: SlotRow.omit({ links: true }),
  rowsOf: ({ rows, total }) => [...rows, total],
  fold: (window) => new SlotsFold(window),
};
