import type { StationEventType } from '@boardwalk/contracts';
import type { Database } from 'better-sqlite3';
import type { ChainRow } from './chain-row.ts';

/**
 * What may be erased once it is old: the bulk of a run's course and of the bench's comings and goings. Never a
 * change, a run's end, a finding, an account or a job: they are the record.
 */
export const ERASABLE_TYPES: readonly string[] = [
  'slot.changed',
  'run.step',
  'probe.connected',
  'probe.lost',
  'probe.quarantined',
  'probe.recovered',
] satisfies readonly StationEventType[];

export const RETENTION_TYPE = 'retention.applied';

/** What a retention row says: which rows lost their data. It stands in the chain itself. */
export interface RetentionNotice {
  /** Of the row that says so; it cannot speak of rows after it. */
  readonly id: number;
  readonly types: readonly string[];
  readonly firstId: number;
  readonly lastId: number;
}

export function isErasedBy({ id, type }: Pick<ChainRow, 'id' | 'type'>, notice: RetentionNotice): boolean {
  return (
    ERASABLE_TYPES.includes(type) &&
    id < notice.id &&
    id >= notice.firstId &&
    id <= notice.lastId &&
    notice.types.includes(type)
  );
}

/** Every retention row of a database. */
export function retentionNotices(database: Database): RetentionNotice[] {
  const rows = database.prepare('SELECT "id", "data" FROM "Event" WHERE "type" = ?').all(RETENTION_TYPE);
  return (rows as Pick<ChainRow, 'id' | 'data'>[]).flatMap(noticeIn);
}

/** The same of rows that lie elsewhere. */
export function noticesOf(rows: Iterable<ChainRow>): RetentionNotice[] {
  const notices: RetentionNotice[] = [];
  for (const row of rows) if (row.type === RETENTION_TYPE) notices.push(...noticeIn(row));
  return notices;
}

/** What was changed afterwards gives no leave to erase; the check of its row says that it was changed. */
function noticeIn({ id, data }: Pick<ChainRow, 'id' | 'data'>): RetentionNotice[] {
  try {
    const { types, firstId, lastId } = JSON.parse(data ?? 'null') as Omit<RetentionNotice, 'id'>;
    return Array.isArray(types) ? [{ id, types, firstId, lastId }] : [];
  } catch {
    return [];
  }
}

/** What a rule of so many days erases now; null when there is nothing. */
export function retentionCutoff(now: Date, keepDays: number): string {
  return new Date(now.getTime() - keepDays * 86_400_000).toISOString();
}
