import type { AuditQuery, AuditRow } from '@boardwalk/contracts';
import { Injectable } from '@nestjs/common';
import { EventLog } from '../events/event-log.ts';
import { STEP_ROWS } from '../lists/in-steps.ts';
import { Database } from '../persistence/database.ts';
import type { Event, Prisma } from '../persistence/gen/client.ts';
import { oldValues } from '../store/record/old-values.ts';

/** The record as quality reads it: each row with the value before it. */
@Injectable()
export class AuditReader {
  constructor(
    private readonly database: Database,
    private readonly events: EventLog,
  ) {}

  async rows({ after, limit, subject, actor, type }: AuditQuery): Promise<AuditRow[]> {
    const where = {
      ...(subject ? { subject } : {}),
      ...(actor ? { actor } : {}),
      ...(type ? { type } : {}),
    };
    const rows = await this.#find(where, after, limit, subject !== undefined);
    const before = await oldValues(
      this.database,
      rows.map(({ id }) => id),
    );
    return rows.map(({ data, ...row }) => ({
      ...row,
      oldValue: valueOf(before.get(row.id) ?? null),
      newValue: valueOf(data),
    }));
  }

  /** Rows that fit, the oldest first. Without a subject, which has an index, in steps of bounded work. */
  async #find(where: Prisma.EventWhereInput, after: number, limit: number, atOnce: boolean) {
    const last = atOnce ? after : await this.events.lastId();
    const found: Event[] = [];
    let from = after;
    do {
      const to = atOnce ? Number.MAX_SAFE_INTEGER : from + STEP_ROWS;
      found.push(
        ...(await this.database.event.findMany({
          where: { AND: [where, { id: { gt: from, lte: to } }] },
          orderBy: { id: 'asc' },
          take: limit - found.length,
        })),
      );
      from = to;
    } while (from < last && found.length < limit);
    return found;
  }
}

function valueOf(data: string | null): unknown {
  return data === null ? null : (JSON.parse(data) as unknown);
}
