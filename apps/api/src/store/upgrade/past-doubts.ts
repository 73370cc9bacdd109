import type { Transaction } from '../../persistence/database.ts';
import { plainRow } from '../../persistence/plain-row.ts';
import type { BoardAndSerial } from './board-and-serial.ts';

/** Another chip under the serial of a pair, or another serial of its board; null where there is none. */
export interface PastDoubt {
  /** The pair's place in the list. */
  readonly place: number;
  readonly uid: string | null;
  readonly otherBoard: number | null;
  readonly otherUid: string | null;
  /** RFC 3339, UTC. */
  readonly otherAt: string | null;
  readonly otherSerial: string | null;
}

/**
 * Compares each pair of a chip and a serial with those before it in the record, and with those after `last` that were
 * placed earlier. By `BoardSerial_board_idx`, `BoardSerial_holder_idx` and the boards' primary key.
 */
export async function pastDoubts(
  transaction: Transaction,
  pairs: readonly Omit<BoardAndSerial, 'lastSequence'>[],
  last: number,
): Promise<PastDoubt[]> {
  const rows = await transaction.$queryRawUnsafe<object[]>(
    `
  SELECT k."key" AS place, own."uid" AS uid, other."number" AS "otherBoard", other."uid" AS "otherUid",
    other."lastSeenAt" AS "otherAt",
    (SELECT s."serial" FROM "BoardSerial" s WHERE s."board" = own."number"
      AND s."serial" <> json_extract(k."value", '$[1]')
      AND (s."firstSequence" < json_extract(k."value", '$[2]') OR s."firstSequence" > ?)
      ORDER BY s."lastSequence" DESC LIMIT 1) AS "otherSerial"
  FROM json_each(?) k
  CROSS JOIN "Board" own ON own."number" = json_extract(k."value", '$[0]')
  LEFT JOIN "Board" other ON other."number" = (
    SELECT s."board" FROM "BoardSerial" s CROSS JOIN "Board" b ON b."number" = s."board"
    WHERE s."serial" = json_extract(k."value", '$[1]') AND s."current" AND b."uid" IS NOT NULL
      AND s."board" <> own."number"
      AND (s."firstSequence" < json_extract(k."value", '$[2]') OR s."firstSequence" > ?)
    ORDER BY s."lastSequence" DESC LIMIT 1)
  WHERE own."uid" IS NOT NULL`,
    last,
    JSON.stringify(pairs.map(({ board, serial, firstSequence }) => [board, serial, firstSequence])),
    last,
  );
  return rows.map((row) => plainRow<PastDoubt>(row));
}
