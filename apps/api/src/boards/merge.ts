import type { Transaction } from '../persistence/database.ts';
import type { Board } from '../persistence/gen/client.ts';
import { currentSerial } from './doubts.ts';
import { recount } from './recount.ts';

/** Runs moved in one statement. */
const PAGE_ROWS = 500;

/**
 * Makes two boards one, because they are the same chip: `from`, which has no unique id, becomes a part of `into`, and
 * everything is counted again in the record's order. Its number leads to the other from now on.
 */
export async function mergeBoards(transaction: Transaction, from: Board, into: Board): Promise<void> {
  await moveSerials(transaction, from.number, into.number);
  await moveRuns(transaction, from.number, into.number);
  const [here, there] = [{ board: from.number }, { board: into.number }];
  await transaction.decision.updateMany({ where: here, data: there });
  await transaction.recordFinding.updateMany({ where: here, data: there });
  await transaction.cohortFinding.updateMany({ where: here, data: there });
  await transaction.jobUnit.updateMany({
    where: { heldBoard: from.number, state: 'queued' },
    data: { heldBoard: into.number },
  });
  const serial = await currentSerial(transaction, into.number);
  const held = into.state === 'free' ? stateOf(from) : stateOf(into);
  const reference = into.reference === null ? markOf(from) : markOf(into);
  await transaction.board.update({
    where: { number: into.number },
    data: { serial, ...held, ...reference },
  });
  await closeBoard(transaction, from.number, into.number);
  await recount(transaction, into.number);
}

/** Leaves of a board only that its number leads to another. */
export async function closeBoard(
  transaction: Transaction,
  number: number,
  mergedInto: number,
): Promise<void> {
  await recount(transaction, number);
  await transaction.boardSerial.deleteMany({ where: { board: number } });
  await transaction.board.update({
    where: { number },
    data: { mergedInto, serial: null, state: 'free', reference: null },
  });
}

async function moveSerials(transaction: Transaction, from: number, into: number): Promise<void> {
  const rows = await transaction.boardSerial.findMany({ where: { board: from } });
  for (const { serial, current, firstSequence, lastSequence } of rows) {
    const known = await transaction.boardSerial.findUnique({
      where: { serial_board: { serial, board: into } },
    });
    const data = {
      current: current || (known?.current ?? false),
      firstSequence: least(firstSequence, known?.firstSequence),
      lastSequence: -least(-(lastSequence ?? 0), -(known?.lastSequence ?? 0)),
    };
    await transaction.boardSerial.upsert({
      where: { serial_board: { serial, board: into } },
      create: { serial, board: into, ...data },
      update: data,
    });
  }
}

function least(one: number | null | undefined, other: number | null | undefined): number {
  return Math.min(one ?? Infinity, other ?? Infinity);
}

async function moveRuns(transaction: Transaction, from: number, into: number): Promise<void> {
  for (;;) {
    const rows = await transaction.run.findMany({
      where: { board: from },
      take: PAGE_ROWS,
      select: { id: true },
    });
    const ids = rows.map(({ id }) => id);
    await transaction.run.updateMany({ where: { id: { in: ids } }, data: { board: into } });
    if (rows.length < PAGE_ROWS) return;
  }
}

function stateOf({ state, heldAbout, heldReason, heldDetail, heldAt }: Board) {
  return { state, heldAbout, heldReason, heldDetail, heldAt };
}

function markOf({ reference, referenceNote }: Board) {
  return { reference, referenceNote };
}
