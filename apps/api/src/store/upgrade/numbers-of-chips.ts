import type { Transaction } from '../../persistence/database.ts';

/** The numbers of the boards of these unique ids. By `Board_uid_key`. */
export async function numbersOfChips(
  transaction: Transaction,
  uids: readonly string[],
): Promise<Map<string, number>> {
  const rows = await transaction.$queryRawUnsafe<{ uid: string; number: number | bigint }[]>(
    `SELECT b."uid" AS uid, b."number" AS number FROM json_each(?) k CROSS JOIN "Board" b ON b."uid" = k."value"`,
    JSON.stringify(uids),
  );
  return new Map(rows.map(({ uid, number }) => [uid, Number(number)]));
}
