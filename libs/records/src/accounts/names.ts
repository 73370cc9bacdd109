/**
 * A name as one spelling of it: two that differ in case, width or blanks alone are one name. Upper case first, so that
 * letters with several lower-case forms (ß, ς) meet, as Unicode's case folding has it (UAX #44, CaseFolding.txt).
 */
export function foldedName(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toUpperCase().toLowerCase();
}

export function sameName(a: string, b: string): boolean {
  return foldedName(a) === foldedName(b);
}
