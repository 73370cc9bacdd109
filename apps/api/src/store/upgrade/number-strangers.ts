import type { Transaction } from '../../persistence/database.ts';
import type { NumberedTable } from './numbered-table.ts';

/** Gives rows without an event negative places that end at -1, in the order given. By the primary key of the table. */
export async function numberStrangers(
  transaction: Transaction,
  { table }: NumberedTable,
  ids: readonly string[],
): Promise<void> {
  await transaction.$executeRawUnsafe(
    `UPDATE "${table}" SET "sequence" = given."key" - ? FROM json_each(?) given WHERE "id" = given."value"`,
    ids.length,
    JSON.stringify(ids),
  );
}
