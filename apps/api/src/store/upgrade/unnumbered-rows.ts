import type { Transaction } from '../../persistence/database.ts';
import type { NumberedTable } from './numbered-table.ts';

/** The ids of all rows that have no place in the record, in the order of their time. By the unique index of `sequence`. */
export async function unnumberedRows(
  transaction: Transaction,
  { table, time }: NumberedTable,
): Promise<string[]> {
  const rows = await transaction.$queryRawUnsafe<{ id: string }[]>(
    `SELECT "id" FROM "${table}" WHERE "sequence" IS NULL ORDER BY "${time}", "id"`,
  );
  return rows.map(({ id }) => id);
}
