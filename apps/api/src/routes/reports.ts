import { BOARD_REPORTS, REPORTS as REGISTERED, type ReportShape } from '@boardwalk/reports';
import { tabled } from './answer.ts';
import { resource, type RouteParts } from './row.ts';

/** `getYield`, `getCycleTime`: the operation of a report. */
export function operationOf({ name }: Pick<ReportShape, 'name'>): string {
  return `get${name.replace(/(?:^|-)([a-z])/g, (_all, letter: string) => letter.toUpperCase())}`;
}

function rowOf(report: ReportShape): RouteParts {
  const { name, summary, query, answer, row } = report;
  return {
    ...{ method: 'GET', path: `/api/v1/reports/${name}`, summary, may: 'report', query },
    answers: tabled(answer, row, (shown) => report.rowsOf(shown)),
  };
}

/** A row for each registered report. */
export const REPORTS = resource(
  'reports',
  Object.fromEntries([...REGISTERED, ...BOARD_REPORTS].map((report) => [operationOf(report), rowOf(report)])),
);
