import type { ReportQuery } from '@boardwalk/contracts';
import { REPORTS, type Report } from '@boardwalk/reports';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ReportAnswers } from '../reports/report-answers.ts';
import { TableRoute } from './list-route.ts';

/** A method for each row of the reports' registry. */
@ApiTags('reports')
@ApiBearerAuth()
@Controller('api/v1/reports')
export class ReportsController {
  constructor(readonly answers: ReportAnswers) {}
}

/** `getYield`, `getCycleTime`: what generated clients call the route. */
function methodOf({ name }: Report): string {
  return `get${name.replace(/(?:^|-)([a-z])/g, (_all, letter: string) => letter.toUpperCase())}`;
}

/** Adds the route of a report, decorated as a method in the class would be. */
function addRoute(report: Report): void {
  const { prototype } = ReportsController;
  const method = methodOf(report);
  const value = function (this: ReportsController, query: ReportQuery): Promise<unknown> {
    return this.answers.answer(report, query);
  };
  Object.defineProperty(prototype, method, { value, configurable: true, writable: true });
  const decorators: MethodDecorator[] = [
    ApiOperation({ summary: report.summary }),
    Get(report.name),
    ApiOkResponse({ standardSchema: report.answer }),
    TableRoute(report.row, (answer) => report.rowsOf(answer)),
  ];
  Reflect.defineMetadata('design:paramtypes', [Object], prototype, method);
  Query({ schema: report.query })(prototype, method, 0);
  const descriptor = Object.getOwnPropertyDescriptor(prototype, method)!;
  for (const decorate of decorators.reverse()) decorate(prototype, method, descriptor);
}

for (const report of REPORTS) addRoute(report);
