import type { Transaction } from '../../persistence/database.ts';

/** A serial of a board, and whether the board has it now. */
export interface HadSerial {
  readonly serial: string;
  readonly current: boolean;
}

/**
 * Two serials of a board at most: those it has now before those it had, of either the preferred one, then the latest.
 * By `BoardSerial_board_idx`.
 */
export async function serialsOfBoard(
  transaction: Transaction,
  board: number,
  preferred: string | null,
): Promise<HadSerial[]> {
  const rows = await transaction.$queryRaw<{ serial: string; current: number | bigint | boolean }[]>`
    SELECT "serial", "current" FROM "BoardSerial" WHERE "board" = ${board}
    ORDER BY "current" DESC, "serial" IS ${preferred} DESC, "lastSequence" DESC LIMIT 2`;
  return rows.map(({ serial, current }) => ({ serial, current: Boolean(Number(current)) }));
}
