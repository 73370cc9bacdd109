import { ReportQuery, YieldReport, YieldRow } from '@boardwalk/contracts';
import { YieldFold } from '@boardwalk/reports';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import { ReportRows } from '../reports/report-rows.ts';
import { TableRoute } from './list-route.ts';

@ApiTags('reports')
@ApiBearerAuth()
@Controller('api/v1/reports')
export class ReportsController {
  constructor(private readonly rows: ReportRows) {}

  @ApiOperation({
    summary: 'Boards that passed, by recipe. As a table: a row for each recipe, then one for all.',
  })
  @Get('yield')
  @ApiOkResponse({ standardSchema: YieldReport })
  @TableRoute<YieldReport>(YieldRow, ({ rows, total }) => [...rows, total])
  async getYield(@Query({ schema: ReportQuery }) query: ReportQuery): Promise<YieldReport> {
    const fold = new YieldFold(await this.rows.window(query));
    for await (const attempts of this.rows.attempts(query.recipe)) fold.add(attempts);
    return fold.report();
  }
}
