import type { WorkFacts } from '@boardwalk/work';
import type { Reader } from '../persistence/database.ts';
import { serialHolders } from '../store/boards/serial-holders.ts';
import { workInOrder } from '../store/boards/work-in-order.ts';
import { workInRevision } from '../store/boards/work-in-revision.ts';

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

const NOTHING: WorkFacts = { passedAt: null, inOrder: false };

/**
 * The outcome in an order, or in a recipe revision, of the boards that have some serials now. A board that had the
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
  const rows = serials.length === 0 ? [] : await serialHolders(reader, serials);
  const ofBoard = await boardWork(reader, [...boards, ...rows.map(({ board }) => board)], work);
  const facts = new Map<string, WorkFacts>();
  for (const { serial, board, current } of rows) {
    const { passedAt, inOrder } = ofBoard(board);
    const before = facts.get(serial) ?? NOTHING;
    facts.set(serial, {
      passedAt: before.passedAt ?? (current ? passedAt : null),
      inOrder: before.inOrder || inOrder,
    });
  }
  return { ofBoard, ofSerial: (serial) => facts.get(serial) ?? NOTHING };
}

/** The outcome of some boards in an order; without one, their latest attempt at the recipe revision. */
async function boardWork(
  reader: Reader,
  boards: readonly number[],
  { workOrder, recipeName, recipeRevision }: Work,
): Promise<(board: number) => WorkFacts> {
  if (boards.length === 0) return () => NOTHING;
  const rows =
    workOrder === null
      ? await workInRevision(reader, boards, { name: recipeName, revision: recipeRevision })
      : await workInOrder(reader, boards, workOrder);
  const known = new Map(rows.map((row) => [row.board, row]));
  return (board) => {
    const row = known.get(board);
    if (!row) return NOTHING;
    return { passedAt: row.outcome === 'PASS' ? row.finishedAt : null, inOrder: row.inOrder };
  };
}
