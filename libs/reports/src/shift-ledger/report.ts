import type { Report } from '../report.ts';
import { ShiftLedgerReport, ShiftLedgerRow } from './columns.ts';
import { ShiftLedgerFold } from './fold.ts';
import { ShiftLedgerQuery } from './query.ts';

export const SHIFT_LEDGER: Report<ShiftLedgerReport> = {
  name: 'shift-ledger',
  summary:
    'The account of all codes that were scanned and all boards that were started, shift by shift; each gap is a named exception. As a table: a row for each shift, then one for all.',
  query: ShiftLedgerQuery,
  answer: ShiftLedgerReport,
  row: ShiftLedgerRow.omit({ links: true }),
  rowsOf: ({ rows, total }) => [...rows, total],
  fold: (window) => new ShiftLedgerFold(window),
};
