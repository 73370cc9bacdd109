import type { Zone } from './zone.ts';

const DAY_MS = 86_400_000;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** A date without a time: `2026-11-21`. */
export function isDate(text: string): boolean {
  return DATE.test(text) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);
}

/** The date so many days later. */
export function dayAfter(date: string, days = 1): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The first instant of a day in a zone: midnight, or the next instant that exists. */
export function startOfDay(date: string, zone: Zone): number {
  return zone.instantOf(Date.parse(`${date}T00:00:00Z`));
}

/** A stretch of time: from its first instant up to its last one, which is not part of it. */
export interface Span {
  readonly from: string | null;
  readonly to: string | null;
}

/** The instants of a window. A date in `from` begins with that day in the plant's zone, one in `to` includes it. */
export function spanOf(
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  zone: Zone,
): Span {
  return {
    from: from === undefined ? null : iso(isDate(from) ? startOfDay(from, zone) : Date.parse(from)),
    to: to === undefined ? null : iso(isDate(to) ? startOfDay(dayAfter(to), zone) : Date.parse(to)),
  };
}

export function iso(instant: number): string {
  return new Date(instant).toISOString();
}
