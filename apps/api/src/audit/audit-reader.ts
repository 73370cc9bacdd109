import type { AuditQuery, AuditRow } from '@boardwalk/contracts';
import { Injectable } from '@nestjs/common';
import { Database } from '../persistence/database.ts';

/** The record as quality reads it: each row with the value before it. */
@Injectable()
export class AuditReader {
  constructor(private readonly database: Database) {}

  async rows({ after, limit, subject, actor, type }: AuditQuery): Promise<AuditRow[]> {
    const rows = await this.database.event.findMany({
      where: {
        id: { gt: after },
        ...(subject ? { subject } : {}),
        ...(actor ? { actor } : {}),
        ...(type ? { type } : {}),
      },
      orderBy: { id: 'asc' },
      take: limit,
    });
    return Promise.all(
      rows.map(async ({ data, ...row }) => ({
        ...row,
        oldValue: await this.#before(row.subject, row.id),
        newValue: valueOf(data),
      })),
    );
  }

  async #before(subject: string, id: number): Promise<unknown> {
    const where = { subject, id: { lt: id } };
    const row = await this.database.event.findFirst({
      where,
      orderBy: { id: 'desc' },
      select: { data: true },
    });
    return valueOf(row?.data ?? null);
  }
}

function valueOf(data: string | null): unknown {
  return data === null ? null : (JSON.parse(data) as unknown);
}
