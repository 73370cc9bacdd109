import type { Transaction } from '../../persistence/database.ts';
import type { BoardAndSerial } from './board-and-serial.ts';

/** The places in the list of those pairs that have runs in the record already. By the primary key of `BoardSerial`. */
export async function knownPairs(
  transaction: Transaction,
  pairs: readonly Pick<BoardAndSerial, 'board' | 'serial'>[],
): Promise<ReadonlySet<number>> {
  const known = await transaction.$queryRawUnsafe<{ place: number | bigint }[]>(
    `SELECT k."key" AS place FROM json_each(?) k CROSS JOIN "BoardSerial" s
      ON s."serial" = json_extract(k."value", '$[1]') AND s."board" = json_extract(k."value", '$[0]')
      WHERE s."firstSequence" IS NOT NULL`,
    JSON.stringify(pairs.map(({ board, serial }) => [board, serial])),
  );
  return new Set(known.map(({ place }) => Number(place)));
}
