import type { Transaction } from '../../persistence/database.ts';
import { Prisma } from '../../persistence/gen/client.ts';
import { BOARDS_PASSED, PLACES_AT_WORK } from '../orders/counting.ts';
import { given, isOpen } from './conditions.ts';

/** A job that may start a unit in a slot now. */
export interface OpenJob {
  readonly id: string;
  /** It has a unit for this slot by name. */
  readonly bound: boolean;
  /** Its order has a place for a board that is not made yet. */
  readonly place: boolean;
}

/** The slot and the board for which a job is sought. */
export interface JobSought {
  readonly slot: string;
  /** Jobs that this insertion has run already. */
  readonly served: ReadonlySet<string>;
  /** The board's number; 0 where the record does not know it. */
  readonly board: number;
  readonly now: string;
  /** Jobs that the claim goes on without. */
  readonly left: readonly string[];
}

/**
 * Runs that were ended for a decision, or by the station's own end: their job may have the board again. So it may have golden
 * and known-bad boards: they come again each shift.
 */
const UNDONE = Prisma.sql`('interrupted', 'record-held', 'identity-held', 'cohort-held')`;

/** The order `w`, if any, has a place for a board that is not made yet. */
const HAS_PLACE = Prisma.sql`(w."id" IS NULL
  OR (w."state" = 'open' AND w."quantity" > ${BOARDS_PASSED} + ${PLACES_AT_WORK}))`;

/**
 * The most urgent job with a unit for this slot and board. Walks `Job_waiting_idx`, which has open jobs alone in the
 * order of their urgency, and asks `JobUnit_jobId_slot_state_idx`, `JobUnit_waiting_again_idx` and `Run_jobId_board_idx`
 * for each; the history's size does not matter.
 */
export async function mostUrgentJob(
  transaction: Transaction,
  { slot, served, board, now, left }: JobSought,
): Promise<OpenJob | null> {
  const unit = (rest: Prisma.Sql) => Prisma.sql`EXISTS (
      SELECT 1 FROM "JobUnit" f WHERE f."jobId" = j."id" AND f."state" = 'queued' AND ${rest})`;
  const [found] = await transaction.$queryRaw<OpenJobRow[]>`
      SELECT j."id", ${unit(Prisma.sql`f."slot" = ${slot}`)} AS bound, ${HAS_PLACE} AS place
      FROM "Job" j LEFT JOIN "WorkOrder" w ON w."id" = j."workOrder"
      WHERE ${isOpen(now)} AND j."id" NOT IN ${given(left)}
        AND (place OR ${unit(Prisma.sql`f."again" IS NOT NULL`)})
        AND (bound OR (
          ${unit(Prisma.sql`f."slot" IS NULL`)}
          AND j."id" NOT IN ${given([...served])}
          AND NOT EXISTS (
            SELECT 1 FROM "Run" r
            WHERE r."jobId" = j."id" AND r."board" = ${board} AND r."reference" IS NULL AND (r."reason" IS NULL OR r."reason" NOT IN ${UNDONE})
          )
        ))
      ORDER BY j."urgency" DESC, j."createdAt", j."id"
      LIMIT 1`;
  return found ? { id: found.id, bound: Number(found.bound) === 1, place: Number(found.place) === 1 } : null;
}

interface OpenJobRow {
  readonly id: string;
  readonly bound: number | bigint;
  readonly place: number | bigint;
}
