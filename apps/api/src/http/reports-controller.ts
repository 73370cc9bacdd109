import { ReportQuery, YieldReport } from '@boardwalk/contracts';
import { yieldReport } from '@boardwalk/reports';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ReportRows } from '../reports/report-rows.ts';

@ApiTags('reports')
@ApiBearerAuth()
@Controller('api/v1/reports')
export class ReportsController {
  constructor(private readonly rows: ReportRows) {}

  @Get('yield')
  @ApiOkResponse({ standardSchema: YieldReport })
  async yield(@Query({ schema: ReportQuery }) query: ReportQuery): Promise<YieldReport> {
    return yieldReport(await this.rows.attempts(query.recipe), await this.rows.window(query));
  }
}
