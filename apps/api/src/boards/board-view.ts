import type {
  Board,
  BoardAttempt,
  BoardState,
  CohortFinding,
  Outcome,
  RecordFinding,
} from '@boardwalk/contracts';
import type { Database, Transaction } from '../persistence/database.ts';
import type { Board as Row } from '../persistence/gen/client.ts';

type Reader = Database | Transaction;

/** Boards as the contract shows them, in the order given. */
export async function boardsOf(reader: Reader, rows: readonly Row[]): Promise<Board[]> {
  const board = { in: rows.map(({ number }) => number) };
  const serials = await reader.boardSerial.findMany({ where: { board }, orderBy: { firstSequence: 'asc' } });
  const attempts = await attemptsOf(reader, board.in);
  const cohort = await reader.cohortFinding.findMany({ where: { board }, orderBy: { id: 'asc' } });
  const findings = await reader.recordFinding.findMany({ where: { board }, orderBy: { id: 'asc' } });
  return rows.map((row) => {
    const own = <Item extends { board: number }>(items: readonly Item[]) =>
      items.filter((item) => item.board === row.number);
    const { first, last } = attempts.get(row.number) ?? { first: null, last: null };
    const { number, serial, uid, deviceId, dpidr, verdict, resembles, reference, referenceNote, life } = row;
    return {
      id: uid ?? serial ?? String(number),
      ...{ number, serial, uid, deviceId, dpidr, verdict, resembles, referenceNote, life },
      serials: own(serials).map((one) => one.serial),
      state: row.state as BoardState,
      held: heldOf(row),
      reference: reference as Board['reference'],
      firstSeenAt: row.firstSeenAt ?? NEVER,
      lastSeenAt: row.lastSeenAt ?? NEVER,
      lastOutcome: row.lastOutcome as Outcome | null,
      lastReason: row.lastReason,
      firstAttempt: first,
      lastAttempt: last,
      runs: row.runs,
      counts: { runs: row.runs, attempts: row.attempts, passes: row.passes },
      findings: own(findings).map(({ id: _id, board: _board, kind, ...rest }) => ({
        kind: kind as RecordFinding['kind'],
        ...rest,
      })),
      difference: row.difference as Board['difference'],
      cohort: own(cohort).map(
        ({ id: _id, board: _board, sequence: _sequence, value: _value, ...found }) => found as CohortFinding,
      ),
    };
  });
}

/** One board as the contract shows it. */
export async function boardIn(reader: Reader, number: number): Promise<Board> {
  const row = await reader.board.findUniqueOrThrow({ where: { number } });
  return (await boardsOf(reader, [row]))[0]!;
}

/** Of a board whose runs have all moved to another one. */
const NEVER = new Date(0).toISOString();

function heldOf({ state, heldAbout, heldReason, heldDetail, heldAt }: Row): Board['held'] {
  if (state !== 'held' || heldAbout === null || heldReason === null || heldAt === null) return null;
  return { about: heldAbout, reason: heldReason, detail: heldDetail, at: heldAt };
}

type Ends = ReadonlyMap<number, { first: BoardAttempt; last: BoardAttempt }>;

/** The first and the last attempt of each board, in the record's order, over all recipes and lives. */
async function attemptsOf(reader: Reader, boards: readonly number[]): Promise<Ends> {
  const rows = await reader.boardAttempts.findMany({ where: { board: { in: [...boards] } } });
  const ids = rows.flatMap(({ firstRun, lastRun }) => [firstRun!, lastRun!]);
  const runs = await reader.run.findMany({
    where: { id: { in: ids } },
    select: { id: true, startedAt: true, recipeName: true },
  });
  const known = new Map(runs.map((run) => [run.id, run]));
  const ends = new Map<number, { first: BoardAttempt; last: BoardAttempt }>();
  for (const row of rows) {
    const show = (run: string, sequence: number, outcome: string): BoardAttempt => ({
      ...{ run, sequence, outcome: outcome as Outcome },
      recipe: known.get(run)?.recipeName ?? row.recipe,
      at: known.get(run)?.startedAt ?? NEVER,
    });
    const first = show(row.firstRun!, row.firstSequence!, row.firstOutcome!);
    const last = show(row.lastRun!, row.lastSequence!, row.lastOutcome!);
    const before = ends.get(row.board);
    ends.set(row.board, {
      first: before && before.first.sequence < first.sequence ? before.first : first,
      last: before && before.last.sequence > last.sequence ? before.last : last,
    });
  }
  return ends;
}
