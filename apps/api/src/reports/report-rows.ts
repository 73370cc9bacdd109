import type { Outcome, ReportQuery } from '@boardwalk/contracts';
import type { Attempt } from '@boardwalk/reports';
import { Injectable } from '@nestjs/common';
import { Database } from '../persistence/database.ts';

/** The rows that reports count. */
@Injectable()
export class ReportRows {
  constructor(private readonly database: Database) {}

  /** Finished runs, oldest first. A board without serial and unique id counts as one of its own each time. */
  async attempts(query: ReportQuery): Promise<Attempt[]> {
    const lots =
      query.lot === undefined ? null : await this.database.workOrder.findMany({ where: { lot: query.lot } });
    const rows = await this.database.run.findMany({
      where: {
        outcome: { not: null },
        ...(query.recipe === undefined ? {} : { recipeName: query.recipe }),
        ...(query.slot === undefined ? {} : { slot: query.slot }),
        ...(query.workOrder === undefined ? {} : { workOrder: query.workOrder }),
        ...(lots ? { workOrder: { in: lots.map(({ id }) => id) } } : {}),
      },
      orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
      select: {
        id: true,
        recipeName: true,
        serial: true,
        uid: true,
        slot: true,
        startedAt: true,
        outcome: true,
      },
    });
    return rows.map(({ id, recipeName, serial, uid, slot, startedAt, outcome }) => ({
      board: serial ?? uid ?? id,
      recipe: recipeName,
      slot,
      at: startedAt,
      outcome: outcome as Outcome,
    }));
  }
}
