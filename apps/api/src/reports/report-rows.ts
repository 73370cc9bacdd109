import type { Outcome, ReportQuery } from '@boardwalk/contracts';
import type { Attempt, ReportWindow } from '@boardwalk/reports';
import { Injectable } from '@nestjs/common';
import { Database } from '../persistence/database.ts';

/** The rows that reports count. */
@Injectable()
export class ReportRows {
  constructor(private readonly database: Database) {}

  /** Every finished run of a recipe, oldest first: lives are counted whole, whatever the report is about. */
  async attempts(recipe: string | undefined): Promise<Attempt[]> {
    const rows = await this.database.run.findMany({
      where: { outcome: { not: null }, ...(recipe === undefined ? {} : { recipeName: recipe }) },
      orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
      select: {
        id: true,
        recipeName: true,
        serial: true,
        uid: true,
        slot: true,
        startedAt: true,
        outcome: true,
        workOrder: true,
      },
    });
    return rows.map(({ id, recipeName, serial, uid, slot, startedAt, outcome, workOrder }) => ({
      // A board without serial and unique id counts as one of its own each time.
      board: serial ?? uid ?? id,
      recipe: recipeName,
      slot,
      at: startedAt,
      outcome: outcome as Outcome,
      workOrder,
    }));
  }

  /** Which boards a query asks for. */
  async window({ from, to, slot, workOrder, lot }: ReportQuery): Promise<ReportWindow> {
    const orders = lot === undefined ? null : await this.database.workOrder.findMany({ where: { lot } });
    const ids = orders?.map(({ id }) => id) ?? (workOrder === undefined ? undefined : [workOrder]);
    const workOrders = ids && new Set(workOrder === undefined ? ids : ids.filter((id) => id === workOrder));
    return { from: from ?? null, to: to ?? null, slot, workOrders };
  }
}
