import type { Database } from 'better-sqlite3';

/** The first board of a lot that was unlike it, by one trait. */
export interface LotChangeRow {
  readonly lot: string;
  readonly board: number;
  readonly run: string;
  readonly sequence: number;
  readonly trait: string;
  readonly read: string;
  readonly expected: string;
  readonly boards: number;
  readonly of: number;
  readonly foundAt: string;
}

const SQL = `
  SELECT f."lot" AS lot, f."board" AS board, f."runId" AS run, f."sequence" AS sequence, f."trait" AS trait,
    f."read" AS read, f."expected" AS expected, f."boards" AS boards, f."of" AS "of", f."foundAt" AS foundAt
  FROM (SELECT "lot", min("sequence") AS "first" FROM "CohortFinding" WHERE "against" = 'lot' GROUP BY "lot") g
  JOIN "CohortFinding" f ON f."lot" = g."lot" AND f."sequence" = g."first" AND f."against" = 'lot'
  ORDER BY f."sequence", f."id"`;

/** The first board at which each lot changed, the earliest first. */
export function lotChanges(file: Database): LotChangeRow[] {
  return file.prepare<[], LotChangeRow>(SQL).all();
}
