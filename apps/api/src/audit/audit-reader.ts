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
    const before = await this.#before(rows.map(({ id }) => id));
    return rows.map(({ data, ...row }) => ({
      ...row,
      oldValue: valueOf(before.get(row.id) ?? null),
      newValue: valueOf(data),
    }));
  }

  /** What the view says was there before. */
  async #before(ids: readonly number[]): Promise<ReadonlyMap<number, string | null>> {
    const rows = await this.database.$queryRawUnsafe<{ id: number | bigint; old_value: string | null }[]>(
      `SELECT "id", "old_value" FROM "audit_log" WHERE "id" IN (SELECT "value" FROM json_each(?))`,
      JSON.stringify(ids),
    );
    return new Map(rows.map(({ id, old_value }) => [Number(id), old_value]));
  }
}

function valueOf(data: string | null): unknown {
  return data === null ? null : (JSON.parse(data) as unknown);
}
