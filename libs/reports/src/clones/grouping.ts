import type { CloneBoard } from './board.ts';

/** The keys that rows of the report can have. */
export const CLONE_GROUPS = ['lot', 'supplier', 'workOrder', 'recipe', 'day'] as const;
export type CloneGroup = (typeof CLONE_GROUPS)[number];

/** The date of an instant in the plant's zone. */
export type DayOf = (at: string) => string;

export function keyOf(board: CloneBoard, by: CloneGroup, dayOf: DayOf): string | null {
  return by === 'day' ? dayOf(board.at) : board[by];
}

/** The list of the boards that a count is of, by the filters of the list; a day is none of them. */
export function boardsLink(filters: Readonly<Record<string, string | null | undefined>>): string {
  const given = Object.entries(filters).filter(([, value]) => value != null) as [string, string][];
  const query = new URLSearchParams(given).toString();
  return `/api/v1/boards${query === '' ? '' : `?${query}`}`;
}

export const boardLink = (board: number): string => `/api/v1/boards/${board}?by=number`;
