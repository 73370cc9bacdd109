/** A table of an earlier version whose rows get their place in the record. */
export interface NumberedTable {
  readonly table: 'Run' | 'Job';
  /** The type of the event that began a row of it. */
  readonly type: string;
  /** The column that orders rows without such an event. */
  readonly time: string;
  /** Sets more from that event: SQL, begins with a comma; empty for nothing. */
  readonly also: string;
}

/** The tables in the order in which they get it. */
export const NUMBERED: readonly NumberedTable[] = [
  { table: 'Run', type: 'run.started', time: 'startedAt', also: '' },
  { table: 'Job', type: 'job.created', time: 'createdAt', also: `, "author" = given."author"` },
];
