import type { Transaction } from '../../persistence/database.ts';
import { plainRow } from '../../persistence/plain-row.ts';

/** The latest identity of a board in each lot that it was run in, as JSON. */
export interface LatestInLot {
  readonly lot: string;
  readonly sequence: number;
  readonly identity: string;
  readonly assessment: string;
}

/** Reference boards are in no lot. */
export async function latestInLots(transaction: Transaction, board: number): Promise<LatestInLot[]> {
  const rows = await transaction.$queryRaw<LatestInLot[]>`
    SELECT r."lot", MAX(r."sequence") AS "sequence", r."identity", r."assessment"
    FROM "Run" r CROSS JOIN "Board" b ON b."number" = r."board"
    WHERE r."board" = ${board} AND r."lot" IS NOT NULL AND b."reference" IS NULL
      AND r."identity" IS NOT NULL AND r."assessment" IS NOT NULL
    GROUP BY r."lot"`;
  return rows.map((row) => plainRow<LatestInLot>(row));
}
