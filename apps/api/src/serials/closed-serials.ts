import type { Patch } from '@boardwalk/contracts';
import type { Transaction } from '../persistence/database.ts';
import { areSerialsClosed } from '../store/record/are-serials-closed.ts';
import { isKnownSerial } from '../store/serials/is-known-serial.ts';

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
  if (!(await areSerialsClosed(transaction))) return null;
  const known = serial !== null && (await isKnownSerial(transaction, serial));
  if (serial !== null && !known) return `Serial ${serial} is not known to the record. ${SAYS}`;
  const range = patches.find((patch) => patch.from === 'range');
  return range && !known ? `Serial ranges are closed. ${SAYS}` : null;
}
