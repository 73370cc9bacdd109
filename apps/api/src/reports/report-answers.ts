import type { ReportQuery } from '@boardwalk/contracts';
import type { Report } from '@boardwalk/reports';
import { Injectable } from '@nestjs/common';
import { VirtualRuns } from '../runs/virtual-runs.ts';
import { ReportRows } from './report-rows.ts';

/** Answers any report: its fold over the runs that the query asks for. */
@Injectable()
export class ReportAnswers {
  constructor(
    private readonly rows: ReportRows,
    private readonly virtual: VirtualRuns,
  ) {}

  async answer<Answer>(report: Report<Answer>, query: ReportQuery): Promise<Answer> {
    const shows = { ...query, virtual: this.virtual.shown(query.virtual) };
    const fold = report.fold(await this.rows.window(shows));
    for await (const attempts of this.rows.attempts(query.recipe)) fold.add(attempts);
    return fold.report();
  }
}
