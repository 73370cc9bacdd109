import type { Transaction } from '../../persistence/database.ts';
import type { NumberedTable } from './numbered-table.ts';

/**
 * Gives rows that have no place the id of the event that began them, for events after `after` up to `last`. By
 * `Event_type_id_idx` and the primary key of the table.
 */
export async function numberByEvents(
  transaction: Transaction,
  { table, type, also }: NumberedTable,
  after: number,
  last: number,
): Promise<void> {
  await transaction.$executeRawUnsafe(
    `UPDATE "${table}" SET "sequence" = given."id"${also} FROM (
      SELECT "id", json_extract("data", '$.id') AS row, nullif("actor", 'station') AS author
      FROM "Event" WHERE "type" = ? AND "id" > ? AND "id" <= ?) given
    WHERE "${table}"."id" = given.row AND "${table}"."sequence" IS NULL`,
    ...[type, after, last],
  );
}
