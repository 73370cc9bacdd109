import { LAYOUTS, retyped, SHIFTS } from './layouts.ts';

/** A code without case and blanks: names that are alike in this way are nearly equal. */
export function fold(code: string): string {
  return code.replace(/\p{Zs}/gu, '').toLowerCase();
}

/**
 * The folded codes that a label may have if the keyboard layout of scanner or host, caps lock or Shift was wrong; the
 * code itself is the first. Few enough to look each up.
 */
export function nearForms(code: string): string[] {
  const forms = new Set([fold(code)]);
  for (const host of LAYOUTS.keys()) {
    for (const scanner of LAYOUTS.keys()) {
      for (const shifts of SHIFTS) {
        const form = retyped(code, host, scanner, shifts);
        if (form !== null) forms.add(fold(form));
      }
    }
  }
  return [...forms];
}

/** The known codes that a scanned one differs from only in case, blanks or keyboard layout. */
export function nearlyEqual(code: string, known: readonly string[]): string[] {
  const forms = new Set(nearForms(code));
  return known.filter((name) => name !== code && forms.has(fold(name)));
}
