import type { Transaction } from '../../persistence/database.ts';
import { Prisma } from '../../persistence/gen/client.ts';
import { given } from './conditions.ts';
import type { OpenJob } from './most-urgent-job.ts';
import { UNIT_TO_RUN, unitToRun, type UnitRow, type UnitToRun } from './unit-to-run.ts';

/** The board that a unit must fit: its number, 0 where the record does not know it, and the serials that it has. */
export interface Fitting {
  readonly number: number;
  readonly serials: readonly string[];
}

/** Which unit of a job a slot may try. */
export interface UnitOfJobAsked {
  readonly job: OpenJob;
  readonly slot: string;
  /** The unit's serial must not contradict this board; null: any unit. */
  readonly fitting: Fitting | null;
  /** Units that the claim goes on without. */
  readonly left: readonly number[];
}

/**
 * The first waiting unit of a job: one for this slot by name where the job is bound to it, else one without a slot; a
 * retest alone where its order has no place. By `JobUnit_jobId_slot_state_idx`.
 */
export async function unitOfJob(
  transaction: Transaction,
  { job: { id, bound, place }, slot, fitting, left }: UnitOfJobAsked,
): Promise<UnitToRun | null> {
  const rows = await transaction.$queryRaw<UnitRow[]>`
    SELECT ${UNIT_TO_RUN}
        FROM "JobUnit" u CROSS JOIN "Job" j ON j."id" = u."jobId" LEFT JOIN "WorkOrder" w ON w."id" = j."workOrder"
        WHERE u."jobId" = ${id} AND u."state" = 'queued'
          AND ${bound ? Prisma.sql`u."slot" = ${slot}` : Prisma.sql`u."slot" IS NULL`}
          AND ${place ? Prisma.sql`TRUE` : Prisma.sql`u."again" IS NOT NULL`}
          AND u."id" NOT IN ${given(left)}
          AND ${fitting ? Prisma.sql`(u."serial" IS NULL OR ${isFree(fitting)})` : Prisma.sql`TRUE`}
        ORDER BY u."id" LIMIT 1`;
  return unitToRun(rows);
}

/** The unit's serial may be this board's: the board never had one, and no other chip ever had this. */
function isFree({ number, serials }: Fitting): Prisma.Sql {
  if (serials.length > 0) return Prisma.sql`u."serial" IN ${given(serials)}`;
  return Prisma.sql`NOT EXISTS (
      SELECT 1 FROM "BoardSerial" b JOIN "Board" o ON o."number" = b."board"
      WHERE b."serial" = u."serial" AND o."uid" IS NOT NULL AND o."number" <> ${number})
      AND NOT EXISTS (SELECT 1 FROM "BoardSerial" b WHERE b."board" = ${number} AND b."serial" <> u."serial")`;
}
