import type { Transaction } from '../persistence/database.ts';
import type { Board } from '../persistence/gen/client.ts';
import { boardsHeldOfLot } from '../store/boards/boards-held-of-lot.ts';
import { boardsHeldUnder } from '../store/boards/boards-held-under.ts';

/** The serial and the chip that a board is held about. */
export interface Doubt {
  readonly serial: string;
  readonly uid: string | null;
}

/** What a board is held about; null where it is not held about the record. */
export async function doubtOf(transaction: Transaction, board: Board): Promise<Doubt | null> {
  if (board.state !== 'held' || board.heldAbout !== 'record') return null;
  const row = await transaction.recordFinding.findFirst({
    where: { board: board.number, policy: 'hold', serial: { not: null } },
    orderBy: { id: 'desc' },
  });
  return row && { serial: row.serial!, uid: row.uid };
}

/** The board that is held because it came under this serial: the serial is another board's, or was of none. */
export async function heldUnder(transaction: Transaction, serial: string): Promise<Board | null> {
  const [number, another] = await boardsHeldUnder(transaction, serial);
  if (number === undefined || another !== undefined) return null;
  return transaction.board.findUnique({ where: { number } });
}

/** Other boards that have a serial now. */
export async function otherHolders(
  transaction: Transaction,
  board: number,
  serial: string,
): Promise<number[]> {
  const where = { serial, current: true, board: { not: board } };
  return (await transaction.boardSerial.findMany({ where })).map((row) => row.board);
}

/** Boards that are held about something, of one lot: by their last run, or by the unit that waits for them. */
export async function heldOfLot(transaction: Transaction, lot: string, about: string): Promise<Board[]> {
  const numbers = await boardsHeldOfLot(transaction, lot, about);
  return transaction.board.findMany({ where: { number: { in: numbers } } });
}
