import type { Transaction } from '../../persistence/database.ts';
import type { BoardAndSerial } from './board-and-serial.ts';

/** Stores which boards have had which serials; a pair that exists begins earlier or ends later. By the key of `BoardSerial`. */
export async function storePairs(transaction: Transaction, pairs: readonly BoardAndSerial[]): Promise<void> {
  await transaction.$executeRawUnsafe(
    `INSERT INTO "BoardSerial" ("serial", "board", "current", "firstSequence", "lastSequence")
      SELECT json_extract("value", '$[0]'), json_extract("value", '$[1]'), TRUE,
        json_extract("value", '$[2]'), json_extract("value", '$[3]') FROM json_each(?) WHERE TRUE
      ON CONFLICT ("serial", "board") DO UPDATE SET
        "firstSequence" = min(coalesce("firstSequence", excluded."firstSequence"), excluded."firstSequence"),
        "lastSequence" = max(coalesce("lastSequence", 0), excluded."lastSequence")`,
    JSON.stringify(pairs.map((pair) => [pair.serial, pair.board, pair.firstSequence, pair.lastSequence])),
  );
}
