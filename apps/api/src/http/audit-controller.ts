import type { AuditRow } from '@boardwalk/contracts';
import { Controller } from '@nestjs/common';
import { AuditReader } from '../audit/audit-reader.ts';
import { logPage, type Page } from '../lists/cursor.ts';
import { AUDIT } from '../routes/logs.ts';
import type { TakenBy } from '../routes/row.ts';
import { Route } from './route.ts';
import { Taken } from './taken.ts';

@Controller()
export class AuditController {
  constructor(private readonly audit: AuditReader) {}

  @Route(AUDIT.listAudit)
  async listAudit(@Taken() { query }: TakenBy<typeof AUDIT.listAudit>): Promise<Page<AuditRow>> {
    return logPage(await this.audit.rows(query), query.limit);
  }
}
