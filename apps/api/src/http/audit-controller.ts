import { AuditQuery, AuditRow } from '@boardwalk/contracts';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags, ApiOperation } from '@nestjs/swagger';
import { AuditReader } from '../audit/audit-reader.ts';
import { logPage, type Page } from '../lists/cursor.ts';
import { ListRoute } from './list-route.ts';

@ApiTags('audit')
@ApiBearerAuth()
@Controller('api/v1/audit')
export class AuditController {
  constructor(private readonly audit: AuditReader) {}

  @ApiOperation({
    summary:
      'Every event and change with who, why, the old value and the new one, oldest first. boardwalk audit verify checks it.',
  })
  @Get()
  @ListRoute(AuditRow, 'after')
  async listAudit(@Query({ schema: AuditQuery }) query: AuditQuery): Promise<Page<AuditRow>> {
    return logPage(await this.audit.rows(query), query.limit);
  }
}
