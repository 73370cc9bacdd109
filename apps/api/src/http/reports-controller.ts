import type { ReportQuery } from '@boardwalk/contracts';
import { REPORTS as REGISTERED, type Report } from '@boardwalk/reports';
import { Controller } from '@nestjs/common';
import { ReportAnswers } from '../reports/report-answers.ts';
import { operationOf, REPORTS } from '../routes/reports.ts';
import { Route } from './route.ts';
import { Taken } from './taken.ts';

/** Has a method for each registered report, which `addMethod` gives it. */
@Controller()
export class ReportsController {
  constructor(readonly answers: ReportAnswers) {}
}

/** Adds the method of a report, decorated as one in the class would be. */
function addMethod(report: Report): void {
  const { prototype } = ReportsController;
  const operation = operationOf(report);
  const value = function (this: ReportsController, { query }: { query: ReportQuery }): Promise<unknown> {
    return this.answers.answer(report, query);
  };
  const descriptor = { value, configurable: true, writable: true };
  Object.defineProperty(prototype, operation, descriptor);
  Reflect.defineMetadata('design:paramtypes', [Object], prototype, operation);
  Taken()(prototype, operation, 0);
  Route(REPORTS[operation]!)(prototype, operation, descriptor);
}

for (const report of REGISTERED) addMethod(report);
