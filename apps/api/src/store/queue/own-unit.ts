import type { Transaction } from '../../persistence/database.ts';
import { given, isOpen } from './conditions.ts';
import { UNIT_TO_RUN, unitToRun, type UnitRow, type UnitToRun } from './unit-to-run.ts';

/** Which units a board may be asked for by its own serials. */
export interface OwnUnitAsked {
  readonly serials: readonly string[];
  readonly slot: string;
  readonly now: string;
  /** Jobs and units that the claim goes on without. */
  readonly left: { readonly jobs: readonly string[]; readonly units: readonly number[] };
}

/**
 * The unit that names one of the board's serials and may run in this slot: the most urgent job's first. By the index
 * `JobUnit_waiting_serial_idx`, which has waiting units alone.
 */
export async function ownUnit(
  transaction: Transaction,
  { serials, slot, now, left }: OwnUnitAsked,
): Promise<UnitToRun | null> {
  const rows = await transaction.$queryRaw<UnitRow[]>`
    SELECT ${UNIT_TO_RUN}
      FROM json_each(${JSON.stringify(serials)}) s
      CROSS JOIN "JobUnit" u ON u."serial" = s."value" AND u."state" = 'queued'
      JOIN "Job" j ON j."id" = u."jobId" LEFT JOIN "WorkOrder" w ON w."id" = j."workOrder"
      WHERE (u."slot" IS NULL OR u."slot" = ${slot}) AND ${isOpen(now)}
        AND j."id" NOT IN ${given(left.jobs)} AND u."id" NOT IN ${given(left.units)}
      ORDER BY j."urgency" DESC, u."id" LIMIT 1`;
  return unitToRun(rows);
}
