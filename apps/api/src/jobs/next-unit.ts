import type { Transaction } from '../persistence/database.ts';
import { Prisma, type Job, type JobUnit } from '../persistence/gen/client.ts';

/** A slot with a board that waits for work. */
export interface WaitingSlot {
  readonly name: string;
  readonly uid: string | null;
  /** Jobs that this insertion has run already. */
  readonly served: ReadonlySet<string>;
}

export type UnitWithJob = JobUnit & { job: Job };

/** Unique ids that tell nothing: blank and zeroed signatures. */
const NO_UID = /^(?:0{24}|f{24})$/;

/**
 * The most urgent unit for a slot: one bound to it, or any that the board in it has not run yet. A job counts only
 * within its dates; one of a work order only while the order is open, within its dates, and while the boards that
 * passed and those at work leave a place. Asked within the transaction that claims, so that the last place of an
 * order is given once.
 */
export async function nextUnit(
  transaction: Transaction,
  slot: WaitingSlot,
  now: string,
): Promise<UnitWithJob | null> {
  const served = JSON.stringify([...slot.served]);
  const uid = slot.uid === null || NO_UID.test(slot.uid) ? '' : slot.uid;
  const [found] = await transaction.$queryRaw<{ id: string; bound: number | bigint }[]>(Prisma.sql`
    SELECT j."id", EXISTS (
      SELECT 1 FROM "JobUnit" b WHERE b."jobId" = j."id" AND b."slot" = ${slot.name} AND b."state" = 'queued'
    ) AS bound
    FROM "Job" j LEFT JOIN "WorkOrder" w ON w."id" = j."workOrder"
    WHERE j."state" IN ('queued', 'running')
      AND (j."notBefore" IS NULL OR j."notBefore" <= ${now})
      AND (j."notAfter" IS NULL OR j."notAfter" > ${now})
      AND (w."id" IS NULL OR (
        w."state" = 'open'
        AND (w."notBefore" IS NULL OR w."notBefore" <= ${now})
        AND (w."notAfter" IS NULL OR w."notAfter" > ${now})
        AND w."quantity" > (
          SELECT COUNT(*) FROM "Run" r
          WHERE r."workOrder" = w."id" AND (r."outcome" IS NULL OR r."outcome" = 'PASS')
        )
      ))
      AND (bound OR (
        EXISTS (
          SELECT 1 FROM "JobUnit" f WHERE f."jobId" = j."id" AND f."slot" IS NULL AND f."state" = 'queued'
        )
        AND j."id" NOT IN (SELECT "value" FROM json_each(${served}))
        AND NOT EXISTS (
          SELECT 1 FROM "Run" r
          WHERE r."jobId" = j."id" AND r."uid" = ${uid} AND (r."reason" IS NULL OR r."reason" <> 'interrupted')
        )
      ))
    ORDER BY j."urgency" DESC, j."createdAt", j."id"
    LIMIT 1`);
  if (!found) return null;
  return transaction.jobUnit.findFirst({
    where: { jobId: found.id, state: 'queued', slot: Number(found.bound) === 1 ? slot.name : null },
    orderBy: { id: 'asc' },
    include: { job: true },
  });
}
