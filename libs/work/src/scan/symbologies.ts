/**
 * AIM symbology identifiers: `]`, a letter for the symbology, a modifier (ISO/IEC 15424, table 1 and annexes).
 * A scanner that is set to do so sends one before each code.
 */
const LETTERS: Readonly<Record<string, string>> = {
  A: 'Code 39',
  B: 'Telepen',
  C: 'Code 128',
  D: 'Code One',
  E: 'EAN/UPC',
  F: 'Codabar',
  G: 'Code 93',
  H: 'Code 11',
  I: 'Interleaved 2 of 5',
  J: 'DotCode',
  K: 'Code 16K',
  L: 'PDF417',
  M: 'MSI',
  N: 'Anker code',
  O: 'Codablock',
  P: 'Plessey',
  Q: 'QR Code',
  R: 'Straight 2 of 5',
  S: 'Straight 2 of 5',
  T: 'Code 49',
  U: 'MaxiCode',
  X: 'another symbology',
  Z: 'no barcode',
  c: 'Channel Code',
  d: 'Data Matrix',
  e: 'GS1 DataBar',
  h: 'Han Xin',
  o: 'OCR',
  p: 'PosiCode',
  s: 'SuperCode',
  z: 'Aztec Code',
};

/** Identifiers that promise GS1 element strings (GS1 General Specifications, figure 5.1.2-2). */
const GS1: ReadonlySet<string> = new Set([']C1', ']e0', ']e1', ']e2', ']d2', ']Q3', ']J1', ']L6', ']z1']);

export interface Symbology {
  /** As it was sent, such as `]d2`. */
  readonly id: string;
  readonly name: string;
  readonly gs1: boolean;
}

/** Takes the symbology identifier off a code. */
export function takeSymbology(text: string): { symbology: Symbology | null; rest: string } {
  const id = /^\]([A-Za-z])[0-9A-Za-z]/.exec(text);
  const name = id === null ? undefined : LETTERS[id[1]!];
  if (id === null || name === undefined) return { symbology: null, rest: text };
  return { symbology: { id: id[0], name, gs1: GS1.has(id[0]) }, rest: text.slice(id[0].length) };
}
