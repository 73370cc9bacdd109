import type { Outcome, ReportQuery } from '@boardwalk/contracts';
import type { Attempt, ReportWindow } from '@boardwalk/reports';
import { Injectable } from '@nestjs/common';
import { recipeKey } from '../boards/tally.ts';
import { presentIds } from '../images/image-names.ts';
import { BEFORE_ALL } from '../lists/in-steps.ts';
import { Database } from '../persistence/database.ts';
import type { Prisma } from '../persistence/gen/client.ts';
import { virtualOf } from '../runs/virtual-runs.ts';

/** The rows that reports count. */
@Injectable()
export class ReportRows {
  constructor(private readonly database: Database) {}

  /**
   * Finished runs of a recipe in the record's order, a page at a time: lives are counted whole, whatever the report is
   * about. Reference boards are left out.
   */
  async *attempts(recipe: string | undefined): AsyncGenerator<Attempt[]> {
    for (let after = BEFORE_ALL; ;) {
      const rows = await this.database.run.findMany({
        where: {
          ...{ sequence: { gt: after }, outcome: { not: null }, reference: null },
          ...(recipe === undefined ? {} : { recipeName: recipe }),
        },
        orderBy: { sequence: 'asc' },
        take: PAGE_ROWS,
        select: ATTEMPT,
      });
      const images = await presentIds(
        this.database,
        rows.map(({ imageSha256 }) => imageSha256),
      );
      yield rows.map((row) => toAttempt(row, images));
      if (rows.length < PAGE_ROWS) return;
      after = rows.at(-1)!.sequence!;
    }
  }

  /** Which boards a query asks for. */
  async window({ from, to, slot, workOrder, lot, virtual }: ReportQuery): Promise<ReportWindow> {
    const orders = lot === undefined ? null : await this.database.workOrder.findMany({ where: { lot } });
    const ids = orders?.map(({ id }) => id) ?? (workOrder === undefined ? undefined : [workOrder]);
    const workOrders = ids && new Set(workOrder === undefined ? ids : ids.filter((id) => id === workOrder));
    return { from: from ?? null, to: to ?? null, slot, workOrders, virtual: virtualOf(virtual) };
  }
}

const PAGE_ROWS = 500;
const ATTEMPT = {
  ...{ id: true, sequence: true, board: true, life: true, recipeName: true, imageSha256: true, serial: true },
  ...{ uid: true, slot: true, startedAt: true, outcome: true, workOrder: true, virtual: true },
} as const;
type Row = Prisma.RunGetPayload<{ select: typeof ATTEMPT }>;

function toAttempt(row: Row, images: ReadonlyMap<string, string>): Attempt {
  const { board, life, recipeName: recipe, slot, startedAt: at, workOrder, virtual } = row;
  // Until the upgrade of an earlier version's folder has reached a run, it is known by what was read alone.
  const who = board === null ? (row.uid ?? row.serial ?? row.id) : `${board}/${life ?? 1}`;
  return {
    board: `${recipeKey(row, images)} ${who}`,
    recipe,
    slot,
    at,
    outcome: row.outcome as Outcome,
    workOrder,
    virtual,
  };
}
