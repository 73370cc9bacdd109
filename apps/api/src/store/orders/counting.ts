import { Prisma } from '../../persistence/gen/client.ts';

/**
 * Boards of the order `w` whose latest attempt in it is PASS. While runs of an earlier version are being counted every
 * PASS run counts for one, so that the number can only be too large. By the order's own row, or `Run_workOrder_outcome_idx`.
 */
export const BOARDS_PASSED = Prisma.sql`(CASE
  WHEN (SELECT g."done" FROM "Upgrade" g WHERE g."name" = 'boards') THEN w."passed"
  ELSE (SELECT COUNT(*) FROM "Run" p WHERE p."workOrder" = w."id" AND p."outcome" = 'PASS')
END)`;

/**
 * Boards of the order `w` at work that take a place: no reference board, and none that is counted as passed. By
 * `Run_workOrder_outcome_idx` and the primary key of `OrderBoard`.
 */
export const PLACES_AT_WORK = Prisma.sql`(SELECT COUNT(*) FROM "Run" r
  WHERE r."workOrder" = w."id" AND r."outcome" IS NULL AND r."reference" IS NULL AND NOT EXISTS (
    SELECT 1 FROM "OrderBoard" o
    WHERE o."workOrder" = r."workOrder" AND o."board" = r."board" AND o."counts" AND o."lastOutcome" = 'PASS'
  ))`;
