import { dayAfter, iso, startOfDay } from '../time/days.ts';
import type { Zone } from '../time/zone.ts';
import type { CloneBoard } from './board.ts';

/** The keys that rows of the report can have. */
export const CLONE_GROUPS = ['lot', 'supplier', 'workOrder', 'recipe', 'day'] as const;
export type CloneGroup = (typeof CLONE_GROUPS)[number];

/** The date of an instant in the plant's zone. */
export type DayOf = (at: string) => string;

export function keyOf(board: CloneBoard, by: CloneGroup, dayOf: DayOf): string | null {
  return by === 'day' ? dayOf(board.at) : board[by];
}

export type Filters = Readonly<Record<string, string | null | undefined>>;

/** The filters of the boards of a row: about the latest identity that was read alone, as the row is. */
export function groupFilters(by: CloneGroup, key: string | null, zone: Zone): Filters {
  if (by !== 'day') return { [by]: key ?? '', counted: by };
  const [from, to] = [key!, dayAfter(key!)].map((date) => iso(startOfDay(date, zone)));
  return { readFrom: from, readTo: to };
}

/** The list of the boards that a count is of, by the filters of the list. */
export function boardsLink(filters: Filters): string {
  const given = Object.entries(filters).filter(([, value]) => value != null) as [string, string][];
  const query = new URLSearchParams(given).toString();
  return `/api/v1/boards${query === '' ? '' : `?${query}`}`;
}

export const boardLink = (board: number): string => `/api/v1/boards/${board}?by=number`;
