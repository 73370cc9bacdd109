import { framed, REPORTS as REGISTERED, type Report } from '@boardwalk/reports';
import { tabled } from './answer.ts';
import { resource, type RouteParts } from './row.ts';

/** `getYield`, `getCycleTime`: the operation of a report. */
export function operationOf({ name }: Pick<Report, 'name'>): string {
  return `get${name.replace(/(?:^|-)([a-z])/g, (_all, letter: string) => letter.toUpperCase())}`;
}

function rowOf(report: Report): RouteParts {
  const { name, summary, query, row } = report;
  return {
    ...{ method: 'GET', path: `/api/v1/reports/${name}`, summary, may: 'report', query },
    answers: tabled(framed(report), row, (shown) => report.rowsOf(shown)),
  };
}

/** A row for each registered report. */
export const REPORTS = resource(
  'reports',
  Object.fromEntries(REGISTERED.map((report) => [operationOf(report), rowOf(report)])),
);
