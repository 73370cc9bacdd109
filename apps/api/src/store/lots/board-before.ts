import type { Transaction } from '../../persistence/database.ts';

/** Whether the board of a lot that ran before this one was unlike the lot. */
export async function isBoardBeforeUnlike(
  transaction: Transaction,
  lot: string,
  { board, sequence }: { readonly board: number; readonly sequence: number },
): Promise<boolean> {
  const rows = await transaction.$queryRaw<{ unlike: string | null }[]>`
    SELECT "unlike" FROM "LotBoard" WHERE "lot" = ${lot} AND "sequence" < ${sequence} AND "board" <> ${board}
    ORDER BY "sequence" DESC LIMIT 1`;
  return rows.some(({ unlike }) => unlike !== null);
}
