import type { Database } from 'better-sqlite3';
import { insert, replacedRows } from './replaced-file.ts';

interface Board {
  readonly number: number;
  readonly uid: string | null;
  readonly serial: string | null;
  readonly state: string;
}

interface BoardSerial {
  readonly serial: string;
  readonly board: number;
  readonly current: number;
}

interface OrderBoard {
  readonly workOrder: string;
  readonly board: number;
  readonly lastOutcome: string;
}

/** What a person has still to decide, and who is out for good: a restore frees neither. */
const CLOSED_STATES = ['held', 'rejected'];
/** Of runs that the backup does not have: they are not counted. */
const COUNTS = { runs: 0, attempts: 0, passes: 0, lastRun: null };

/**
 * Carries over which chip has which serial, and what became of it in its order: a serial that was given stays its chip's,
 * a board that passed is not made a second time.
 */
export function carryBoards(fresh: Database, continues: boolean, place: number) {
  const numbers = new Map<number, number>();
  let boards = 0;
  for (const row of replacedRows<Board>(fresh, 'Board', 'ORDER BY "number"')) {
    const known = knownBoard(fresh, row, continues);
    if (known === null) boards += 1;
    numbers.set(row.number, known ?? addBoard(fresh, row, place));
    if (known !== null && CLOSED_STATES.includes(row.state)) closeBoard(fresh, known, row);
  }
  keepNumbers(fresh);
  const boardSerials = carrySerialsOf(fresh, numbers, place);
  return { boards, boardSerials, orderBoards: carryOrders(fresh, numbers, place) };
}

function knownBoard(fresh: Database, { uid, serial, number }: Board, continues: boolean): number | null {
  const find = (where: string, value: unknown): number | null =>
    (fresh.prepare(`SELECT "number" FROM "Board" WHERE ${where}`).pluck().get(value) as number | undefined) ??
    null;
  if (uid !== null) {
    const byUid = find('"uid" = ?', uid);
    if (byUid !== null) return byUid;
  }
  const same = continues ? find('"number" = ?', number) : null;
  if (same !== null || uid !== null || serial === null) return same;
  return find('"uid" IS NULL AND "serial" = ?', serial);
}

/** @returns its number: the same where that is free */
function addBoard(fresh: Database, row: Board, place: number): number {
  const free = fresh.prepare('SELECT 1 FROM "Board" WHERE "number" = ?').get(row.number) === undefined;
  const highest = fresh.prepare('SELECT max("number") FROM "Board"').pluck().get() as number;
  const number = free ? row.number : highest + 1;
  insert(fresh, 'Board', { ...clamped(row, place), ...COUNTS, number });
  return number;
}

function closeBoard(fresh: Database, number: number, row: Board): void {
  const { state, heldAbout, heldReason, heldDetail, heldAt } = row as Board & Record<string, unknown>;
  fresh
    .prepare(
      `UPDATE "Board" SET "state" = ?, "heldAbout" = ?, "heldReason" = ?, "heldDetail" = ?, "heldAt" = ?
      WHERE "number" = ? AND "state" <> 'rejected'`,
    )
    .run(state, heldAbout, heldReason, heldDetail, heldAt, number);
}

function carrySerialsOf(fresh: Database, numbers: ReadonlyMap<number, number>, place: number): number {
  const known = fresh
    .prepare('SELECT "current" FROM "BoardSerial" WHERE "serial" = ? AND "board" = ?')
    .pluck();
  const others = fresh.prepare('SELECT 1 FROM "BoardSerial" WHERE "serial" = ? AND "current"');
  const name = fresh.prepare('UPDATE "Board" SET "serial" = ? WHERE "number" = ? AND "serial" IS NULL');
  let count = 0;
  for (const row of replacedRows<BoardSerial>(fresh, 'BoardSerial')) {
    const board = numbers.get(row.board);
    if (board === undefined || known.get(row.serial, board) !== undefined) continue;
    // A serial has one board now: the backup's, where it has one.
    const current = row.current && others.get(row.serial) === undefined ? 1 : 0;
    insert(fresh, 'BoardSerial', { ...clamped(row, place), board, current });
    if (current) name.run(row.serial, board);
    count += 1;
  }
  return count;
}

function carryOrders(fresh: Database, numbers: ReadonlyMap<number, number>, place: number): number {
  const order = fresh.prepare('SELECT 1 FROM "WorkOrder" WHERE "id" = ?');
  const known = fresh
    .prepare('SELECT "lastOutcome" FROM "OrderBoard" WHERE "workOrder" = ? AND "board" = ?')
    .pluck();
  const passed = fresh.prepare(
    `UPDATE "OrderBoard" SET "lastOutcome" = 'PASS' WHERE "workOrder" = ? AND "board" = ?`,
  );
  const count = fresh.prepare(
    `UPDATE "WorkOrder" SET "passed" = max("passed", (SELECT count(*) FROM "OrderBoard"
      WHERE "workOrder" = "WorkOrder"."id" AND "counts" AND "lastOutcome" = 'PASS')) WHERE "id" = ?`,
  );
  const orders = new Set<string>();
  let carried = 0;
  for (const row of replacedRows<OrderBoard>(fresh, 'OrderBoard')) {
    const board = numbers.get(row.board);
    if (board === undefined || order.get(row.workOrder) === undefined) continue;
    const outcome = known.get(row.workOrder, board);
    if (outcome === undefined) insert(fresh, 'OrderBoard', { ...clamped(row, place), board });
    else if (row.lastOutcome === 'PASS' && outcome !== 'PASS') passed.run(row.workOrder, board);
    else continue;
    orders.add(row.workOrder);
    carried += 1;
  }
  for (const id of orders) count.run(id);
  return carried;
}

/** A number that the replaced record gave to a board is not given to another one. */
function keepNumbers(fresh: Database): void {
  const seq = fresh
    .prepare(`SELECT "seq" FROM "replaced"."sqlite_sequence" WHERE "name" = 'Board'`)
    .pluck()
    .get() as number | undefined;
  if (seq === undefined) return;
  const known = fresh
    .prepare(`UPDATE "sqlite_sequence" SET "seq" = max("seq", ?) WHERE "name" = 'Board'`)
    .run(seq);
  if (known.changes === 0) fresh.prepare(`INSERT INTO "sqlite_sequence" VALUES ('Board', ?)`).run(seq);
}

/** Sequences are ids of events of the replaced record: after the restore others have them. */
function clamped<Row extends object>(row: Row, place: number): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      /Sequence$/.test(name) && typeof value === 'number' ? Math.min(value, place) : (value as unknown),
    ]),
  ) as Row;
}
