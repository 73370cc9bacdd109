import type { Transaction } from '../../persistence/database.ts';

/** Whether serials are closed since the last restore, until a person opens them. By the primary key of `Generation`. */
export async function areSerialsClosed(transaction: Transaction): Promise<boolean> {
  const [generation] = await transaction.$queryRaw<{ closed: unknown }[]>`
    SELECT "closed" FROM "Generation" ORDER BY "number" DESC LIMIT 1`;
  return Boolean(Number(generation?.closed ?? 0));
}
