import type { Transaction } from '../../persistence/database.ts';

/**
 * Numbers of boards of one lot that are held about something: of that lot by their last run, or by the unit that waits
 * for them. By `Board_state_idx`, `Run_board_sequence_idx` and `JobUnit_waiting_board_idx`.
 */
export async function boardsHeldOfLot(
  transaction: Transaction,
  lot: string,
  about: string,
): Promise<number[]> {
  const rows = await transaction.$queryRaw<{ number: number | bigint }[]>`
    SELECT b."number" FROM "Board" b WHERE b."state" = 'held' AND b."heldAbout" = ${about} AND (
      EXISTS (
        SELECT 1 FROM "Run" r WHERE r."board" = b."number" AND r."lot" = ${lot}
          AND r."sequence" = (SELECT MAX(x."sequence") FROM "Run" x WHERE x."board" = b."number")
      ) OR EXISTS (
        SELECT 1 FROM "JobUnit" u JOIN "Job" j ON j."id" = u."jobId" LEFT JOIN "WorkOrder" w ON w."id" = j."workOrder"
        WHERE u."heldBoard" = b."number" AND u."state" = 'queued' AND COALESCE(u."lot", w."lot") = ${lot}
      )
    )`;
  return rows.map(({ number }) => Number(number));
}
