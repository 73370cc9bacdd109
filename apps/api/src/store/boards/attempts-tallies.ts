import type { Transaction } from '../../persistence/database.ts';

/** A board's attempts at one recipe in one life. */
export interface AttemptsTally {
  board: number;
  life: number;
  recipe: string;
  attempts: number;
  firstRun: string;
  firstSequence: number;
  firstOutcome: string;
  lastRun: string;
  lastSequence: number;
  lastOutcome: string;
}

/** A board in one of its lives, and the name of a recipe (of the built-in one: its image). */
export type AttemptsKey = readonly [board: number, life: number, recipe: string];

/** The kept attempts of boards at recipes. By the primary key of `BoardAttempts`. */
export function attemptsTallies(
  transaction: Transaction,
  keys: readonly AttemptsKey[],
): Promise<AttemptsTally[]> {
  return transaction.$queryRawUnsafe<AttemptsTally[]>(
    `SELECT DISTINCT a.* FROM json_each(?) k CROSS JOIN "BoardAttempts" a
        ON a."board" = json_extract(k."value", '$[0]') AND a."life" = json_extract(k."value", '$[1]')
        AND a."recipe" = json_extract(k."value", '$[2]')`,
    JSON.stringify(keys),
  );
}
