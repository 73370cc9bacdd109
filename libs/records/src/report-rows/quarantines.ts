import type { Database } from 'better-sqlite3';

/** By the index over types: there are few of them. */
const SQL = `
  SELECT substr("subject", 7) AS slot, count(*) AS count FROM "Event"
  WHERE "type" = 'probe.quarantined' AND "at" >= ? AND "at" < ? GROUP BY 1 ORDER BY 1`;

/** Slot → how often its probe was set aside in a window. */
export function quarantines(file: Database, from: string | null, to: string | null): Record<string, number> {
  const rows = file.prepare(SQL).all(from ?? '', to ?? '~') as { slot: string; count: number }[];
  return Object.fromEntries(rows.map(({ slot, count }) => [slot, count]));
}
