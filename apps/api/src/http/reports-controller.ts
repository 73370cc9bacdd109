import { ReportQuery, YieldReport, YieldRow } from '@boardwalk/contracts';
import { YieldFold } from '@boardwalk/reports';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import { ReportRows } from '../reports/report-rows.ts';
import { VirtualRuns } from '../runs/virtual-runs.ts';
import { TableRoute } from './list-route.ts';

@ApiTags('reports')
@ApiBearerAuth()
@Controller('api/v1/reports')
export class ReportsController {
  constructor(
    private readonly rows: ReportRows,
    private readonly virtual: VirtualRuns,
  ) {}

  @ApiOperation({
    summary: 'Boards that passed, by recipe. As a table: a row for each recipe, then one for all.',
  })
  @Get('yield')
  @ApiOkResponse({ standardSchema: YieldReport })
  @TableRoute<YieldReport>(YieldRow, ({ rows, total }) => [...rows, total])
  async getYield(@Query({ schema: ReportQuery }) query: ReportQuery): Promise<YieldReport> {
    const shows = { ...query, virtual: this.virtual.shown(query.virtual) };
    const fold = new YieldFold(await this.rows.window(shows));
    for await (const attempts of this.rows.attempts(query.recipe)) fold.add(attempts);
    return fold.report();
  }
}
