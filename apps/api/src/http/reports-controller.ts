import type { YieldReport } from '@boardwalk/contracts';
import { YieldFold } from '@boardwalk/reports';
import { Controller } from '@nestjs/common';
import { ReportRows } from '../reports/report-rows.ts';
import { REPORTS } from '../routes/reports.ts';
import type { TakenBy } from '../routes/row.ts';
import { VirtualRuns } from '../runs/virtual-runs.ts';
import { Route } from './route.ts';
import { Taken } from './taken.ts';

@Controller()
export class ReportsController {
  constructor(
    private readonly rows: ReportRows,
    private readonly virtual: VirtualRuns,
  ) {}

  @Route(REPORTS.getYield)
  async getYield(@Taken() { query }: TakenBy<typeof REPORTS.getYield>): Promise<YieldReport> {
    const shows = { ...query, virtual: this.virtual.shown(query.virtual) };
    const fold = new YieldFold(await this.rows.window(shows));
    for await (const attempts of this.rows.attempts(query.recipe)) fold.add(attempts);
    return fold.report();
  }
}
