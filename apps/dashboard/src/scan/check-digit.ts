/** GTIN and SSCC: so many digits, the last of which is the check digit of GS1 (General Specifications §7.9). */
const LENGTHS: ReadonlySet<number> = new Set([8, 12, 13, 14, 18]);

export function hasCheckDigit(text: string): boolean {
  if (!/^\d+$/.test(text) || !LENGTHS.has(text.length)) return false;
  const sum = [...text]
    .reverse()
    .reduce((before, digit, fromRight) => before + Number(digit) * (fromRight % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}
