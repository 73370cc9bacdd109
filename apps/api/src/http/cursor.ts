import { invalid } from './problems.ts';

/** A place in a list ordered by time and id, newest first; opaque to clients. */
export interface Place {
  readonly at: string;
  readonly id: string;
}

export function encodeCursor(place: Place): string {
  return Buffer.from(JSON.stringify([place.at, place.id])).toString('base64url');
}

/** @throws ProblemException 400 for what no list has given out */
export function decodeCursor(cursor: string): Place {
  try {
    const value = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown;
    if (Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string')) {
      return { at: value[0] as string, id: value[1] as string };
    }
  } catch {
    // Answered below.
  }
  throw invalid('This cursor is not one that a list has given out.', '/cursor');
}
