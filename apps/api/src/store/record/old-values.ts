import type { Reader } from '../../persistence/database.ts';

/**
 * The value before each of these rows of the record, as JSON text: null for the first of its subject. The view
 * `audit_log` finds it by `Event_subject_id_idx`.
 */
export async function oldValues(
  reader: Reader,
  ids: readonly number[],
): Promise<ReadonlyMap<number, string | null>> {
  const rows = await reader.$queryRawUnsafe<{ id: number | bigint; old_value: string | null }[]>(
    `SELECT "id", "old_value" FROM "audit_log" WHERE "id" IN (SELECT "value" FROM json_each(?))`,
    JSON.stringify(ids),
  );
  return new Map(rows.map(({ id, old_value }) => [Number(id), old_value]));
}
