import type { ScanFate } from '@boardwalk/contracts';
import type { Database } from 'better-sqlite3';
import { ledgerCondition, type LedgerFilter } from './ledger-filter.ts';

/** A scan with what became of it. */
export interface ScannedCodeColumns {
  readonly id: number;
  readonly at: string;
  readonly operator: string;
  readonly workOrder: string | null;
  readonly serial: string | null;
  readonly code: string | null;
  readonly slot: string | null;
  readonly fate: ScanFate | null;
  readonly ofBoard: boolean;
  readonly reason: string | null;
  readonly jobId: string | null;
  readonly runId: string | null;
  readonly runStartedAt: string | null;
  readonly virtual: boolean | null;
}
type StoredCode = Omit<ScannedCodeColumns, 'ofBoard' | 'virtual'> & {
  readonly ofBoard: number;
  readonly virtual: number | null;
};

/** Codes of one step: SQLite works on the event loop, which serves the bench too. */
const STEP_CODES = 250;

/** By `Scan_at_idx`, and by the view that says what became of a code. */
const sqlWith = (condition: string): string => `
  SELECT s."id" AS id, s."at" AS at, s."account" AS operator, s."workOrder" AS workOrder, s."serial" AS serial,
    s."code" AS code, s."slot" AS slot, v."fate" AS fate, s."unitId" IS NOT NULL OR s."fate" IS NOT NULL AS ofBoard,
    v."reason" AS reason, v."job_id" AS jobId, v."run_id" AS runId, r."startedAt" AS runStartedAt, r."virtual" AS virtual
  FROM "Scan" s JOIN "scan_log" v ON v."scan_id" = s."id" LEFT JOIN "Run" r ON r."id" = v."run_id"
  WHERE (s."at", s."id") > (?, ?) AND s."at" < ?${condition}
  ORDER BY s."at", s."id" LIMIT ${STEP_CODES}`;

/** The codes that were scanned in a window, by their time, in steps of bounded work. */
export function* scannedCodes(file: Database, filter: LedgerFilter): Generator<ScannedCodeColumns[]> {
  const { sql, values } = ledgerCondition('s', filter);
  const page = file.prepare<unknown[], StoredCode>(sqlWith(sql));
  let after: readonly [string, number] = [filter.from ?? '', -1];
  for (;;) {
    const rows = page.all(...after, filter.to ?? '~', ...values);
    yield rows.map((row) => ({
      ...row,
      ofBoard: Boolean(row.ofBoard),
      virtual: row.virtual === null ? null : Boolean(row.virtual),
    }));
    if (rows.length < STEP_CODES) return;
    after = [rows.at(-1)!.at, rows.at(-1)!.id];
  }
}
