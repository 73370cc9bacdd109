import type { Transaction } from '../persistence/database.ts';
import { currentSerial } from './doubts.ts';

/**
 * Makes a serial the board's current one, as of a place in the record. On other boards it stays as it is: a decision
 * `replaced` ends it there ({@link endSerial}).
 */
export async function giveSerial(
  transaction: Transaction,
  board: number,
  serial: string,
  sequence: number,
): Promise<void> {
  await keepSerial(transaction, board, serial, sequence);
  await transaction.board.update({ where: { number: board }, data: { serial } });
}

/** The same without the board's row, for a caller that writes it anyway. */
export async function keepSerial(
  transaction: Transaction,
  board: number,
  serial: string,
  sequence: number,
): Promise<void> {
  await transaction.boardSerial.upsert({
    where: { serial_board: { serial, board } },
    create: { serial, board, current: true, firstSequence: sequence, lastSequence: sequence },
    update: { current: true, lastSequence: sequence },
  });
}

/** Ends a serial on a board, which keeps it in its history. */
export async function endSerial(transaction: Transaction, board: number, serial: string): Promise<void> {
  await transaction.boardSerial.updateMany({ where: { board, serial }, data: { current: false } });
  const left = await currentSerial(transaction, board);
  await transaction.board.update({ where: { number: board }, data: { serial: left } });
}
