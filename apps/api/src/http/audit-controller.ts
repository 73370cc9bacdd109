import { AuditQuery, AuditRow, listOf } from '@boardwalk/contracts';
import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { AuditReader } from '../audit/audit-reader.ts';

@ApiTags('audit')
@ApiBearerAuth()
@Controller('api/v1/audit')
export class AuditController {
  constructor(private readonly audit: AuditReader) {}

  /** Every event and change with who, why, the old value and the new one, oldest first. `boardwalk audit verify` checks it. */
  @Get()
  @ApiOkResponse({ standardSchema: listOf(AuditRow) })
  async list(
    @Query({ schema: AuditQuery }) query: AuditQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ data: AuditRow[]; nextCursor: string | null }> {
    const data = await this.audit.rows(query);
    const last = data.length === query.limit ? data.at(-1) : undefined;
    if (last) {
      const url = new URL(response.req.originalUrl, 'http://station');
      url.searchParams.set('after', String(last.id));
      response.setHeader('Link', `<${url.pathname}${url.search}>; rel="next"`);
    }
    return { data, nextCursor: last ? String(last.id) : null };
  }
}
