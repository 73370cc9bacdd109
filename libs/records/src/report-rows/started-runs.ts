import type { Outcome } from '@boardwalk/contracts';
import type { Database } from 'better-sqlite3';
import { ledgerCondition, type LedgerFilter } from './ledger-filter.ts';

/** A run that started, ended or not. */
export interface StartedRunColumns {
  readonly id: string;
  readonly at: string;
  readonly finishedAt: string | null;
  readonly operator: string | null;
  readonly workOrder: string | null;
  readonly serial: string | null;
  readonly slot: string;
  readonly outcome: Outcome | null;
  readonly reason: string | null;
  readonly jobId: string;
  readonly scanned: boolean;
  readonly virtual: boolean;
}
type StoredRun = Omit<StartedRunColumns, 'scanned' | 'virtual'> & {
  readonly scanned: number;
  readonly virtual: number;
};

/** Runs of one step: SQLite works on the event loop, which serves the bench too. */
const STEP_RUNS = 250;

/** By `Run_startedAt_id_idx`; whether a code was scanned by `JobUnit_runId_idx` and `Scan_unitId_idx`. */
const sqlWith = (condition: string): string => `
  SELECT r."id" AS id, r."startedAt" AS at, r."finishedAt" AS finishedAt, r."operator" AS operator,
    r."workOrder" AS workOrder, r."serial" AS serial, r."slot" AS slot, r."outcome" AS outcome, r."reason" AS reason,
    r."jobId" AS jobId, r."virtual" AS virtual,
    EXISTS (SELECT 1 FROM "JobUnit" u JOIN "Scan" s ON s."unitId" = u."id" WHERE u."runId" = r."id") AS scanned
  FROM "Run" r
  WHERE (r."startedAt", r."id") > (?, ?) AND r."startedAt" < ?${condition}
  ORDER BY r."startedAt", r."id" LIMIT ${STEP_RUNS}`;

/** The runs that started in a window, by their time, in steps of bounded work. */
export function* startedRuns(file: Database, filter: LedgerFilter): Generator<StartedRunColumns[]> {
  const { sql, values } = ledgerCondition('r', filter);
  const page = file.prepare<unknown[], StoredRun>(sqlWith(sql));
  let after: readonly [string, string] = [filter.from ?? '', ''];
  for (;;) {
    const rows = page.all(...after, filter.to ?? '~', ...values);
    yield rows.map((row) => ({ ...row, scanned: Boolean(row.scanned), virtual: Boolean(row.virtual) }));
    if (rows.length < STEP_RUNS) return;
    after = [rows.at(-1)!.at, rows.at(-1)!.id];
  }
}
