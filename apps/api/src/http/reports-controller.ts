import type { ReportQuery } from '@boardwalk/contracts';
import { BOARD_REPORTS, REPORTS as REGISTERED, type BoardReport, type Report } from '@boardwalk/reports';
import { Controller } from '@nestjs/common';
import { BoardReportAnswers } from '../reports/board-report-answers.ts';
import { ReportAnswers } from '../reports/report-answers.ts';
import { operationOf, REPORTS } from '../routes/reports.ts';
import { Route } from './route.ts';
import { Taken } from './taken.ts';

/** Has a method for each registered report, which `addMethod` gives it. */
@Controller()
export class ReportsController {
  constructor(
    readonly answers: ReportAnswers,
    readonly boardAnswers: BoardReportAnswers,
  ) {}
}

/** Adds the method of a report, decorated as one in the class would be. */
function addMethod(report: Report | BoardReport): void {
  const { prototype } = ReportsController;
  const operation = operationOf(report);
  const value = function (this: ReportsController, { query }: { query: ReportQuery }): Promise<unknown> {
    return 'fold' in report ? this.answers.answer(report, query) : this.boardAnswers.answer(report, query);
  };
  const descriptor = { value, configurable: true, writable: true };
  Object.defineProperty(prototype, operation, descriptor);
  Reflect.defineMetadata('design:paramtypes', [Object], prototype, operation);
  Taken()(prototype, operation, 0);
  Route(REPORTS[operation]!)(prototype, operation, descriptor);
}

for (const report of [...REGISTERED, ...BOARD_REPORTS]) addMethod(report);
