import type { Transaction } from '../persistence/database.ts';
import type { Board } from '../persistence/gen/client.ts';

/** The serial and the chip that a board is held about. */
export interface Doubt {
  readonly serial: string;
  readonly uid: string | null;
}

/** What a board is held about; null where it is not held about the record. */
export async function doubtOf(transaction: Transaction, board: Board): Promise<Doubt | null> {
  if (board.state !== 'held' || board.heldAbout !== 'record') return null;
  const row = await transaction.recordFinding.findFirst({
    where: { board: board.number, policy: 'hold', serial: { not: null } },
    orderBy: { id: 'desc' },
  });
  return row && { serial: row.serial!, uid: row.uid };
}

/** The board that is held because it came under this serial: the serial is another board's, or was of none. */
export async function heldUnder(transaction: Transaction, serial: string): Promise<Board | null> {
  const rows = await transaction.$queryRaw<{ board: number | bigint }[]>`
    SELECT DISTINCT f."board" FROM "Board" b CROSS JOIN "RecordFinding" f ON f."board" = b."number"
    WHERE b."state" = 'held' AND f."policy" = 'hold' AND f."serial" = ${serial} LIMIT 2`;
  if (rows.length !== 1) return null;
  return transaction.board.findUnique({ where: { number: Number(rows[0]!.board) } });
}

/** Other boards that have a serial now. */
export async function otherHolders(
  transaction: Transaction,
  board: number,
  serial: string,
): Promise<number[]> {
  const where = { serial, current: true, board: { not: board } };
  return (await transaction.boardSerial.findMany({ where })).map((row) => row.board);
}

/** Boards that are held about something, of one lot: by their last run, or by the unit that waits for them. */
export async function heldOfLot(transaction: Transaction, lot: string, about: string): Promise<Board[]> {
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
  return transaction.board.findMany({ where: { number: { in: rows.map(({ number }) => Number(number)) } } });
}
