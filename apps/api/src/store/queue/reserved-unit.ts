import type { Transaction } from '../../persistence/database.ts';
import { isOpen } from './conditions.ts';
import { UNIT_TO_RUN, unitToRun, type UnitRow, type UnitToRun } from './unit-to-run.ts';

/** The unit of this id, where it still waits and its job may start at `now`; else null. By the primary keys. */
export async function reservedUnit(
  transaction: Transaction,
  unitId: number,
  now: string,
): Promise<UnitToRun | null> {
  const rows = await transaction.$queryRaw<UnitRow[]>`
    SELECT ${UNIT_TO_RUN}
      FROM "JobUnit" u JOIN "Job" j ON j."id" = u."jobId" LEFT JOIN "WorkOrder" w ON w."id" = j."workOrder"
      WHERE u."id" = ${unitId} AND u."state" = 'queued' AND ${isOpen(now)}`;
  return unitToRun(rows);
}
