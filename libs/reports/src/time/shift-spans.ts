import type { Plant } from '../plant.ts';
import type { Span } from './days.ts';

/** Days that a shift without a date is looked for in. */
export const MOST_SHIFT_DAYS = 400;
const DAY_MS = 86_400_000;
const DATED = /^\d{4}-\d{2}-\d{2} /;

/**
 * The stretches of a shift that a window may have.
 * @param shift its key, such as `2026-11-21 night`, or its name for that of every day
 * @param now the end of a window that has none
 * @returns null for a shift without a date in a window that is too long
 */
export function shiftSpans(
  shift: string,
  { from, to }: Span,
  { shifts, zone }: Plant,
  now = Date.now(),
): Span[] | null {
  if (DATED.test(shift)) return shifts.spansOf(shift);
  const last = to === null ? now : Date.parse(to);
  const first = from === null ? -Infinity : Date.parse(from);
  if (last - first > MOST_SHIFT_DAYS * DAY_MS) return null;
  const days = new Set<string>();
  for (let at = first - DAY_MS; at <= last; at += DAY_MS / 2) days.add(zone.dateOf(at));
  return [...days].flatMap((day) => shifts.spansOf(`${day} ${shift}`));
}
