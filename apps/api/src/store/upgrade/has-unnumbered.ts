import type { Transaction } from '../../persistence/database.ts';
import type { NumberedTable } from './numbered-table.ts';

/** Whether a row of the table has no place in the record yet. By the unique index of its `sequence`. */
export async function hasUnnumbered(transaction: Transaction, { table }: NumberedTable): Promise<boolean> {
  const rows = await transaction.$queryRawUnsafe<unknown[]>(
    `SELECT "id" FROM "${table}" WHERE "sequence" IS NULL LIMIT 1`,
  );
  return rows.length > 0;
}
