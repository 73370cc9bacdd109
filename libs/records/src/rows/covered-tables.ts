/** A table whose rows are held against digests in the chain. */
export interface CoveredTable {
  readonly table: string;
  /** The columns that name a row, or a group of rows that has one digest. */
  readonly key: readonly string[];
  /** A group of rows has one digest; they count in the order of this column. */
  readonly orderedBy?: string;
  /** SQL that is true for a row `r` from when on it is covered; without it, always. */
  readonly when?: string;
  /** The group is covered with the row of this table that has its key. */
  readonly endsWith?: { readonly table: string; readonly key: string; readonly column: string };
  /** What a person calls one of its rows. */
  readonly called: string;
}

/**
 * Every table that a report, a list or a person relies on. Adding a table is one line here: triggers, digests, the check
 * and the corpus of forgeries follow from it and from the table's columns.
 */
export const COVERED_TABLES: readonly CoveredTable[] = [
  { table: 'AccessToken', key: ['sha256'], called: 'access token' },
  { table: 'Account', key: ['name'], called: 'account' },
  { table: 'BadgeSalt', key: ['id'], called: 'salt of the badges' },
  { table: 'Board', key: ['number'], called: 'board' },
  { table: 'BoardAttempts', key: ['board', 'life', 'recipe'], called: 'attempts of a board' },
  { table: 'BoardSerial', key: ['serial', 'board'], called: 'serial of a board' },
  { table: 'CohortFinding', key: ['id'], called: 'difference of a board from its lot' },
  { table: 'Decision', key: ['sequence'], called: 'decision' },
  { table: 'Generation', key: ['number'], called: 'generation of the record' },
  { table: 'Image', key: ['id'], called: 'image' },
  { table: 'ImageAlias', key: ['id'], called: 'earlier id of an image' },
  { table: 'ImageFile', key: ['image', 'fileSha256'], called: 'file of an image' },
  { table: 'Job', key: ['id'], called: 'job' },
  { table: 'JobUnit', key: ['id'], called: 'unit of a job' },
  { table: 'LotBoard', key: ['lot', 'board'], called: 'board of a lot' },
  { table: 'LotTrait', key: ['lot', 'trait', 'value'], called: 'count of a lot' },
  { table: 'OrderBoard', key: ['workOrder', 'board'], called: 'board of a work order' },
  { table: 'Recipe', key: ['name', 'revision'], called: 'recipe revision' },
  { table: 'Reassessment', key: ['runId'], called: 'later verdict of a run' },
  { table: 'RecordFinding', key: ['id'], called: 'doubt about a record' },
  // A run at work changes with every step; the chain has its events. From its outcome on it must not change.
  { table: 'Run', key: ['id'], when: `r."outcome" IS NOT NULL`, called: 'run' },
  {
    table: 'RunStep',
    key: ['runId'],
    orderedBy: 'index',
    when: `NOT EXISTS (SELECT 1 FROM "Run" WHERE "Run"."id" = r."runId" AND "Run"."outcome" IS NULL)`,
    endsWith: { table: 'Run', key: 'id', column: 'outcome' },
    called: 'steps of run',
  },
  { table: 'Scan', key: ['id'], called: 'scan' },
  { table: 'Serial', key: ['value'], called: 'serial' },
  { table: 'SerialRange', key: ['name'], called: 'serial range' },
  { table: 'ShiftPlan', key: ['sequence'], called: 'plan of shifts' },
  { table: 'Station', key: ['id'], called: 'station' },
  { table: 'WorkOrder', key: ['id'], called: 'work order' },
];

/** Tables whose rows no report, list or person relies on, each with the reason. Their schema is checked all the same. */
export const NOT_RELIED_ON: Readonly<Record<string, string>> = {
  Event: 'the chain itself',
  IdempotencyKey:
    'answers of the last day, repeated to the program that asked; the jobs they name are covered',
  ImageToName: 'images that wait for their new id; the rows that get it are covered',
  Lease: 'which run is at work in a slot; freed at each start',
  Migration: 'held against the migrations themselves, with the schema',
  Reservation: 'a slot for the next minute; a run of it is covered',
  ScanChoice: 'what an operator has chosen until the next scan; scans and jobs are covered',
  Sealed: 'held against its digest in the chain',
  Sealing: 'how far the sealing is; it ends with one event',
  Touched: 'empty outside of a transaction',
  Upgrade: 'how far the upgrade is; the rows it changes are covered',
  sqlar: 'the files of a backup, held against their names and the manifest',
  sqlite_sequence: 'held against the highest number in the chain',
  sqlite_stat1: 'statistics of SQLite’s query planner',
  sqlite_stat4: 'statistics of SQLite’s query planner',
};
