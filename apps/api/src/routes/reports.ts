import { ReportQuery, YieldReport, YieldRow } from '@boardwalk/contracts';
import { tabled } from './answer.ts';
import { resource } from './row.ts';

export const REPORTS = resource('reports', {
  getYield: {
    method: 'GET',
    path: '/api/v1/reports/yield',
    summary: 'Boards that passed, by recipe. As a table: a row for each recipe, then one for all.',
    may: 'report',
    query: ReportQuery,
    answers: tabled(YieldReport, YieldRow, ({ rows, total }) => [...rows, total]),
  },
});
