import type { Transaction } from '../../persistence/database.ts';
import type { Board } from '../../persistence/gen/client.ts';
import { plainRow } from '../../persistence/plain-row.ts';

/** A board, and how it was found: by its unique id, or by a serial that it has now or had in the past. */
export interface BoardSought {
  readonly as: 'duplicate' | 'chip' | 'holder' | 'past';
  /** Without meaning in the row `duplicate`, which says that a person has called the unique id a duplicate. */
  readonly board: Board;
}

/**
 * The boards of a unique id and of a serial, in one statement; of a serial's boards `most` at most, the latest. By
 * `Board_uid_key`, `BoardSerial_holder_idx`, `Decision_uid_idx` and the boards' primary key.
 */
export async function boardsSought(
  transaction: Transaction,
  { uid, serial }: { readonly uid: string | null; readonly serial: string | null },
  most: number,
): Promise<BoardSought[]> {
  const rows = await transaction.$queryRaw<(Board & Pick<BoardSought, 'as'>)[]>`
    SELECT sub."as", b.* FROM (
      SELECT 'duplicate' AS "as", NULL AS "board", NULL AS "place"
        WHERE EXISTS (SELECT 1 FROM "Decision" WHERE "uid" = ${uid} AND "decision" = 'duplicate-uid')
      UNION ALL SELECT 'chip', "number", NULL FROM "Board" WHERE "uid" = ${uid}
      UNION ALL SELECT * FROM (
        SELECT CASE WHEN "current" THEN 'holder' ELSE 'past' END, "board", "lastSequence"
        FROM "BoardSerial" WHERE "serial" = ${serial}
        ORDER BY "current" DESC, "lastSequence" DESC LIMIT ${most})
    ) sub LEFT JOIN "Board" b ON b."number" = sub."board" ORDER BY sub."place" DESC`;
  return rows.map(({ as, ...board }) => ({ as, board: plainRow<Board>(board) }));
}
