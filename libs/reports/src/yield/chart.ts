import type { GroupBy } from '../group.ts';
import { LEAST_EXPECTED, OVERDISPERSED, pChart } from '../statistics/p-chart.ts';
import { RUN_OF } from '../statistics/run-rule.ts';
import type { YieldChart, YieldRow } from './columns.ts';

/** Groups that follow each other. */
const IN_A_ROW: ReadonlySet<GroupBy> = new Set<GroupBy>(['day', 'shift', 'lot', 'workOrder']);

export const CHART_RULE = `Chart: the share of boards that did not pass first, against its mean over all boards ± 3 standard deviations of each row. An alarm is a point beyond a limit, or ${RUN_OF} in a row on one side; with fewer than ${LEAST_EXPECTED} expected there is none beyond a limit. Where points vary more than ${OVERDISPERSED} times as much as chance allows, limits are Laney’s p′ limits.`;

/** The p-chart of the rows of a yield in their order; null where they do not follow each other. */
export function chartOf(rows: readonly YieldRow[], by: GroupBy): YieldChart | null {
  if (!IN_A_ROW.has(by)) return null;
  const filled = rows.filter(({ boards, key }) => boards > 0 && key !== null);
  const chart = pChart(
    filled.map(({ boards, firstPass }) => ({ count: boards - firstPass.count, of: boards })),
  );
  const { centre, overdispersed, sigma, points } = chart;
  return {
    centre,
    overdispersed,
    sigma,
    points: points.map((point, at) => ({ key: filled[at]!.key, ...point })),
  };
}
