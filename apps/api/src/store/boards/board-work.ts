import { plainRow } from '../../persistence/plain-row.ts';

/** A board's latest attempt in an order or at a recipe revision. */
export interface BoardWork {
  readonly board: number;
  /** Null where it does not count for the order any more. */
  readonly outcome: string | null;
  readonly finishedAt: string;
  readonly inOrder: boolean;
}

export function workRow(row: object): BoardWork {
  const plain = plainRow<BoardWork>(row);
  return { ...plain, inOrder: Boolean(plain.inOrder) };
}
