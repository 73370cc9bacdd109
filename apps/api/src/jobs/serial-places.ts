import type { SerialPlace, WorkFacts } from '@boardwalk/work';
import type { Database, Transaction } from '../persistence/database.ts';

type Reader = Database | Transaction;

/** An order, or without one a recipe revision: what a board is said to have passed in. */
export interface Work {
  readonly workOrder: string | null;
  readonly recipeName: string;
  readonly recipeRevision: number;
}

/** The name of it, for sentences. */
export function nameOf({ workOrder, recipeName, recipeRevision }: Work): string {
  return workOrder ?? `${recipeName} revision ${recipeRevision}`;
}

/** Where some serials wait or run now. Costs what is open, however long the history. */
export async function serialPlaces(
  reader: Reader,
  serials: readonly string[],
): Promise<Map<string, SerialPlace>> {
  if (serials.length === 0) return new Map();
  const given = JSON.stringify(serials);
  // Numbers of a range are on their runs only, what was asked for is on its unit too.
  const rows = await reader.$queryRaw<(SerialPlace & { serial: string })[]>`
    SELECT u."serial", u."jobId", u."slot", 'waiting' AS "state" FROM json_each(${given}) s
    CROSS JOIN "JobUnit" u ON u."serial" = s."value" AND u."state" = 'queued'
    UNION ALL
    SELECT r."serial", r."jobId", r."slot", 'running' FROM "Lease" l JOIN "Run" r ON r."id" = l."runId"
    WHERE l."runId" <> '' AND r."serial" IN (SELECT "value" FROM json_each(${given}))`;
  return new Map(rows.map(({ serial, ...place }) => [serial, place]));
}

const NOTHING: WorkFacts = { passedAt: null, inOrder: false };

/**
 * What became in an order, or in a recipe revision, of the boards that have some serials now. A board that had the
 * serial before keeps its place in the order for the one that has it now.
 */
export async function serialWork(
  reader: Reader,
  serials: readonly string[],
  work: Work,
): Promise<(serial: string) => WorkFacts> {
  return (await workFacts(reader, [], serials, work)).ofSerial;
}

/** The same for serials, and what became there of some boards. */
export async function workFacts(
  reader: Reader,
  boards: readonly number[],
  serials: readonly string[],
  work: Work,
): Promise<{ ofBoard: (board: number) => WorkFacts; ofSerial: (serial: string) => WorkFacts }> {
  const rows = serials.length === 0 ? [] : await holdersOf(reader, serials);
  const ofBoard = await boardWork(reader, [...boards, ...rows.map(({ board }) => Number(board))], work);
  const facts = new Map<string, WorkFacts>();
  for (const { serial, board, current } of rows) {
    const { passedAt, inOrder } = ofBoard(Number(board));
    const before = facts.get(serial) ?? NOTHING;
    facts.set(serial, {
      passedAt: before.passedAt ?? (Boolean(Number(current)) ? passedAt : null),
      inOrder: before.inOrder || inOrder,
    });
  }
  return { ofBoard, ofSerial: (serial) => facts.get(serial) ?? NOTHING };
}

function holdersOf(reader: Reader, serials: readonly string[]): Promise<HolderRow[]> {
  return reader.$queryRaw<HolderRow[]>`
    SELECT b."serial", b."board", b."current" FROM json_each(${JSON.stringify(serials)}) s
    CROSS JOIN "BoardSerial" b ON b."serial" = s."value"`;
}

interface HolderRow {
  readonly serial: string;
  readonly board: number | bigint;
  readonly current: number | bigint | boolean;
}

/** What became of some boards in an order; without one, what their latest attempt at the recipe revision is. */
async function boardWork(
  reader: Reader,
  boards: readonly number[],
  { workOrder, recipeName, recipeRevision }: Work,
): Promise<(board: number) => WorkFacts> {
  if (boards.length === 0) return () => NOTHING;
  const given = JSON.stringify(boards);
  const rows =
    workOrder === null
      ? await reader.$queryRaw<WorkRow[]>`
          SELECT b."number" AS "board", r."outcome", r."finishedAt", FALSE AS "inOrder"
          FROM json_each(${given}) n CROSS JOIN "Board" b ON b."number" = n."value"
          CROSS JOIN "Run" r ON r."id" = (
            SELECT x."id" FROM "Run" x WHERE x."board" = b."number" AND x."life" = b."life"
              AND x."recipeName" = ${recipeName} AND x."recipeRevision" = ${recipeRevision} AND x."attempt" IS NOT NULL
            ORDER BY x."sequence" DESC LIMIT 1)`
      : await reader.$queryRaw<WorkRow[]>`
          SELECT o."board", CASE WHEN o."counts" THEN o."lastOutcome" END AS "outcome", r."finishedAt", TRUE AS "inOrder"
          FROM json_each(${given}) n
          CROSS JOIN "OrderBoard" o ON o."workOrder" = ${workOrder} AND o."board" = n."value"
          CROSS JOIN "Run" r ON r."id" = o."lastRun"`;
  const known = new Map(rows.map((row) => [Number(row.board), row]));
  return (board) => {
    const row = known.get(board);
    if (!row) return NOTHING;
    return { passedAt: row.outcome === 'PASS' ? row.finishedAt : null, inOrder: Boolean(row.inOrder) };
  };
}

interface WorkRow {
  readonly board: number | bigint;
  readonly outcome: string | null;
  readonly finishedAt: string;
  readonly inOrder: number | bigint | boolean;
}
