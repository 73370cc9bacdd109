import { invalid } from '../problems/problems.ts';
import { BEFORE_ALL } from './in-steps.ts';

/** A place in a list ordered by two things, such as time and id; opaque to clients. */
export interface Place {
  readonly at: string;
  readonly id: string;
}

/** A part of a list, and where it goes on. */
export interface Page<Item> {
  readonly data: Item[];
  readonly nextCursor: string | null;
}

export function encodeCursor(place: Place): string {
  return Buffer.from(JSON.stringify([place.at, place.id])).toString('base64url');
}

/** @throws ProblemException 400 for what no list has given out */
export function decodeCursor(cursor: string | undefined): Place | null {
  if (cursor === undefined) return null;
  try {
    const value = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown;
    if (Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string')) {
      return { at: value[0] as string, id: value[1] as string };
    }
  } catch {
    // Answered below.
  }
  throw invalid('invalid:cursor', {}, '/cursor');
}

/** The cursor of a list that goes by the record's own numbers. */
export function sequenceCursor(sequence: number): string {
  return Buffer.from(JSON.stringify(['sequence', String(sequence)])).toString('base64url');
}

/** The sequence that such a list goes on below; null at its beginning. @throws ProblemException 400 */
export function belowSequence(cursor: string | undefined): number | null {
  const place = decodeCursor(cursor);
  if (!place) return null;
  if (place.at === 'sequence' && /^-?\d{1,15}$/.test(place.id)) return Number(place.id);
  throw invalid('invalid:other-cursor', {}, '/cursor');
}

/** The sequence that a list with the oldest first goes on after. @throws ProblemException 400 */
export function afterSequence(cursor: string | undefined): number {
  return belowSequence(cursor) ?? BEFORE_ALL;
}

/** A page of rows in the record's order, the newest first, of which one more than `limit` was asked for. */
export function sequencePage<Row extends { readonly sequence: number | null }>(
  rows: readonly Row[],
  limit: number,
): Page<Row> {
  const data = rows.slice(0, limit);
  const last = data.at(-1)?.sequence;
  return { data, nextCursor: rows.length > limit && last != null ? sequenceCursor(last) : null };
}

/** Rows that come after a place in a list with the newest first, as Prisma's `where`. */
export function behind<Time extends string>(place: Place | null, time: Time) {
  if (!place) return {};
  const { at, id } = place;
  const earlier = { [time]: { lt: at } } as Record<Time, { lt: string }>;
  return { OR: [earlier, { ...({ [time]: at } as Record<Time, string>), id: { lt: id } }] };
}

/** A page of rows of which one more than `limit` was asked for, so that it knows whether the list goes on. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  placeOf: (row: Row) => Place,
  show: (row: Row) => Item,
): Page<Item> {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? encodeCursor(placeOf(last)) : null;
  return { data: page.map(show), nextCursor };
}

/** A page of a log, which goes on after the last id it showed; a full page may be the last one. */
export function logPage<Item extends { readonly id: number }>(data: Item[], limit: number): Page<Item> {
  const last = data.length === limit ? data.at(-1) : undefined;
  return { data, nextCursor: last ? String(last.id) : null };
}
