import type { Transaction } from '../../persistence/database.ts';
import { plainRow } from '../../persistence/plain-row.ts';

/** A run's place in its lot. */
export interface RunInLot {
  readonly lot: string | null;
  readonly sequence: number;
  /** Of the board now: golden or known-bad boards are compared with nothing. */
  readonly reference: string | null;
}

export async function runInLot(transaction: Transaction, runId: string, board: number): Promise<RunInLot> {
  const [row] = await transaction.$queryRaw<RunInLot[]>`
    SELECT r."lot", r."sequence", (SELECT "reference" FROM "Board" WHERE "number" = ${board}) AS "reference"
    FROM "Run" r WHERE r."id" = ${runId}`;
  return plainRow<RunInLot>(row!);
}
