import type { Database } from 'better-sqlite3';

export const SEALED_TYPE = 'record.sealed';

/**
 * How far the sealing of rows that are older than the digests in the chain is. `none`: not begun. `open`: "Sealed" takes
 * their digests, those of changed rows too. `frozen`: "Sealed" is complete, every change goes into the chain, and the
 * event with the digest of "Sealed" is to come. `sealed`: it is there, once and for ever.
 */
export type SealState = 'none' | 'open' | 'frozen' | 'sealed';

/** Connections that have seen the event: it cannot go away. */
const seen = new WeakSet<Database>();

export function sealStateOf(database: Database): SealState {
  if (seen.has(database)) return 'sealed';
  if (database.prepare(`SELECT 1 FROM "Event" WHERE "type" = '${SEALED_TYPE}' LIMIT 1`).get()) {
    seen.add(database);
    return 'sealed';
  }
  const { begun, left } = database
    .prepare('SELECT count(*) AS begun, sum(NOT "done") AS left FROM "Sealing"')
    .safeIntegers(false)
    .get() as { begun: number; left: number | null };
  if (begun === 0) return 'none';
  return left === 0 ? 'frozen' : 'open';
}
