import type { Reader } from '../../persistence/database.ts';

/** A board that has a serial, or had it before a decision. */
export interface SerialHolder {
  readonly serial: string;
  readonly board: number;
  /** The board has it now. */
  readonly current: boolean;
}

/** The boards that have or had some serials. By the primary key of `BoardSerial`. */
export async function serialHolders(reader: Reader, serials: readonly string[]): Promise<SerialHolder[]> {
  const rows = await reader.$queryRaw<
    { serial: string; board: number | bigint; current: number | bigint | boolean }[]
  >`
    SELECT b."serial", b."board", b."current" FROM json_each(${JSON.stringify(serials)}) s
    CROSS JOIN "BoardSerial" b ON b."serial" = s."value"`;
  return rows.map(({ serial, board, current }) => ({
    ...{ serial, board: Number(board), current: Boolean(Number(current)) },
  }));
}
