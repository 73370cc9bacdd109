import type { BoardState, Difference, Outcome, Verdict } from '@boardwalk/contracts';
import type { Database } from 'better-sqlite3';
import { conditionOf, type CloneFilter } from './clone-filter.ts';

/** A board by the latest identity that was read of it, as SQLite gives it. */
interface CloneBoardRow {
  readonly board: number;
  readonly run: string;
  readonly sequence: number;
  readonly at: string;
  readonly serial: string | null;
  readonly uid: string | null;
  readonly recipe: string;
  readonly workOrder: string | null;
  readonly lot: string | null;
  readonly supplier: string | null;
  readonly verdict: Verdict;
  readonly resembles: string | null;
  readonly difference: Difference | null;
  /** Ids as a JSON array. */
  readonly findings: string;
  readonly state: BoardState;
  readonly heldAbout: string | null;
  readonly passedAt: number | null;
  readonly lastOutcome: Outcome | null;
  readonly lastReason: string | null;
  /** A row of Decision as JSON; null: nobody decided. */
  readonly decision: string | null;
}

export interface CloneDecisionColumns {
  readonly decision: string;
  readonly decidedBy: string;
  readonly decidedAt: string;
  readonly sequence: number;
}
export type CloneBoardColumns = ReturnType<typeof plain>;

/** Boards of one step: SQLite works on the event loop, which serves the bench too. */
const STEP_BOARDS = 100;

/** A verdict of newer rules, where the identity was judged again, goes before the one of the time. */
const COLUMNS = `
  r."board" AS board, r."id" AS run, r."sequence" AS sequence, r."startedAt" AS at, b."serial" AS serial, r."uid" AS uid,
  r."recipeName" AS recipe, r."workOrder" AS workOrder, r."lot" AS lot, r."supplier" AS supplier,
  coalesce(a."verdict", r."verdict") AS verdict,
  CASE WHEN a."runId" IS NULL THEN r."resembles" ELSE a."resembles" END AS resembles,
  CASE WHEN a."runId" IS NULL THEN r."difference" ELSE a."difference" END AS difference,
  (SELECT json_group_array(json_extract(f."value", '$.id'))
    FROM json_each(coalesce(a."assessment", r."assessment"), '$.findings') f
    WHERE json_extract(f."value", '$.weight') < 0 AND NOT coalesce(json_extract(f."value", '$.excused'), 0)) AS findings,
  b."state" AS state, b."heldAbout" AS heldAbout, b."lastOutcome" AS lastOutcome, b."lastReason" AS lastReason,
  (SELECT max(p."sequence") FROM "Run" p WHERE p."board" = r."board" AND p."outcome" = 'PASS') AS passedAt,
  (SELECT json_object('decision', d."decision", 'decidedBy', d."decidedBy", 'decidedAt', d."decidedAt",
      'sequence', d."sequence")
    FROM "Decision" d
    WHERE (d."board" = r."board" OR (d."board" IS NULL AND d."lot" = r."lot")) AND d."about" IN ('identity', 'cohort')
    ORDER BY d."sequence" DESC LIMIT 1) AS decision`;

/** Every board that fits, once, in the order of the runs that read them, in steps of bounded work. */
export function* cloneBoards(file: Database, filter: CloneFilter): Generator<CloneBoardColumns[]> {
  const [own, later] = [conditionOf('r', filter), conditionOf('l', filter)];
  const page = file.prepare<unknown[], CloneBoardRow>(`
    SELECT ${COLUMNS} FROM "Run" r JOIN "Board" b ON b."number" = r."board"
      LEFT JOIN "Reassessment" a ON a."runId" = r."id"
    WHERE r."sequence" > ? AND ${own.sql} AND NOT EXISTS (
      SELECT 1 FROM "Run" l WHERE l."board" = r."board" AND l."sequence" > r."sequence" AND ${later.sql})
    ORDER BY r."sequence" LIMIT ${STEP_BOARDS}`);
  for (let after = Number.MIN_SAFE_INTEGER; ;) {
    const rows = page.all(after, ...own.values, ...later.values);
    yield rows.map(plain);
    if (rows.length < STEP_BOARDS) return;
    after = rows.at(-1)!.sequence;
  }
}

/** A board with what SQLite keeps as JSON as it is. */
function plain({ findings, decision, ...row }: CloneBoardRow) {
  return {
    ...row,
    findings: JSON.parse(findings) as string[],
    decision: decision === null ? null : (JSON.parse(decision) as CloneDecisionColumns),
  };
}

/** How many runs of the other kind of bench read an identity that fits. */
export function runsLeftOut(file: Database, { virtual, ...filter }: CloneFilter): number {
  if (virtual !== false) return 0;
  const { sql, values } = conditionOf('r', { ...filter, virtual: true });
  const row = file.prepare<unknown[], { runs: number }>(`SELECT count(*) AS runs FROM "Run" r WHERE ${sql}`);
  return row.get(...values)!.runs;
}
