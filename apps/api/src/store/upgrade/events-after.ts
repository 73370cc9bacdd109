import type { Transaction } from '../../persistence/database.ts';

/** The ids of events of a type after one, the oldest first, `most` at most. By `Event_type_id_idx`. */
export async function eventsAfter(
  transaction: Transaction,
  type: string,
  id: number,
  most: number,
): Promise<number[]> {
  const rows = await transaction.$queryRawUnsafe<{ id: number | bigint }[]>(
    `SELECT "id" FROM "Event" WHERE "type" = ? AND "id" > ? ORDER BY "id" LIMIT ${most}`,
    type,
    id,
  );
  return rows.map((row) => Number(row.id));
}
