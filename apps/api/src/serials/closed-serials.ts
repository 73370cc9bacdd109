import type { Patch } from '@boardwalk/contracts';
import type { Transaction } from '../persistence/database.ts';

const SAYS =
  'The record was restored, and what was given since the backup is not known. Look for boards that were made since, then open the serials: boardwalk record open.';

/**
 * Why a board gets no serial now, or null. After a restore over a file that could not be read, ranges stay closed, and so
 * do serials that the record does not know, until a person opens them.
 */
export async function closedSerials(
  transaction: Transaction,
  patches: readonly Patch[],
  serial: string | null,
): Promise<string | null> {
  const [generation] = await transaction.$queryRaw<{ closed: unknown }[]>`
    SELECT "closed" FROM "Generation" ORDER BY "number" DESC LIMIT 1`;
  if (!Number(generation?.closed ?? 0)) return null;
  const known = serial !== null && (await isKnown(transaction, serial));
  if (serial !== null && !known) return `Serial ${serial} is not known to the record. ${SAYS}`;
  const range = patches.find((patch) => patch.from === 'range');
  return range && !known ? `Serial ranges are closed. ${SAYS}` : null;
}

async function isKnown(transaction: Transaction, serial: string): Promise<boolean> {
  const rows = await transaction.$queryRaw<unknown[]>`
    SELECT 1 FROM "Serial" WHERE "value" = ${serial} AND "state" <> 'free'
    UNION ALL SELECT 1 FROM "BoardSerial" WHERE "serial" = ${serial}
    UNION ALL SELECT 1 FROM "Run" WHERE "serial" = ${serial} AND "outcome" IS NOT NULL LIMIT 1`;
  return rows.length > 0;
}
