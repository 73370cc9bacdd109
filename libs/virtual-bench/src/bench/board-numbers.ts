/** Numbers of boards. A number is given once: the unique id of a virtual chip follows from it. */
export interface BoardNumbers {
  next(): bigint;
}

/** Keeps the numbers of small seeds apart, in every family's unique ids. */
const SEED_STEP = 7_777_777_777n;

/** The first number of a seed. */
export function firstNumberOf(seed: number): bigint {
  return BigInt(Math.abs(Math.trunc(seed))) * SEED_STEP;
}

/** Numbers in memory, in a row. */
export function numbersFrom(first: bigint): BoardNumbers {
  let number = first;
  return { next: () => number++ };
}

/** Numbers that all benches of this process share. */
export const PROCESS_NUMBERS: BoardNumbers = numbersFrom(0n);
