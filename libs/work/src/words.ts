/** A time for a sentence: ` seen 2026-11-20 14:02 UTC`; nothing where it is not known. */
export function atTime(before: string, at: string | null): string {
  return at === null ? '' : `${before} ${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}
